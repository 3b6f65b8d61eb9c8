//! gRPC: `proto/lab.proto` says what a frame is, and the compiler of that file writes both ends.
//!
//! On the wire it is HTTP/2: a call is a POST to `/lab.v1.Lab/Send`, its messages are protobuf with five bytes in front
//! (compressed or not, length), its outcome stands in the trailers. So the server here is that of `http2.rs`, with the
//! generated service in place of axum's router.
//!
//! Copies: protobuf is written into one buffer, and the payload with it. The receiver gathers the pieces of a
//! message in one buffer; `payload` is then a part of that, because build.rs asks for `Bytes`.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::time::Instant;

use futures_util::{Stream, StreamExt as _, stream};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Response, Status, Streaming};

use super::call_window::{CallWindow, Driven, trouble};
use super::http2::FlowControlWindows;
use super::{Client, Transport, address_in, server};
use crate::frame::{Acknowledgement, Frame, MAX_PAYLOAD, Receiver};

/// What the compiler made of `proto/lab.proto`.
pub(crate) mod proto {
    tonic::include_proto!("lab.v1");
}
use proto::lab_client::LabClient;
use proto::lab_server::{Lab, LabServer};

/// The longest message. tonic, as other gRPC libraries, refuses what has more than 4 MiB unless told otherwise: a raw
/// picture of 1920 x 1080 has 6.2 MB. The fields around the payload need less than 1 KiB.
const LONGEST_MESSAGE: usize = MAX_PAYLOAD + 1024;

/// Carries frames over gRPC.
pub(crate) struct Grpc {
    pub(crate) call: CallType,
    pub(crate) windows: FlowControlWindows,
}

/// How frames become calls.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum CallType {
    /// A call for each frame.
    Unary,
    /// One call, in which frames go one way and acknowledgements the other.
    Stream,
}

impl Transport for Grpc {
    fn serve(&self, host: IpAddr, receiver: Receiver, announce: &mut dyn FnMut(&str)) -> io::Result<()> {
        let http = self.windows.builder();
        let lab = LabServer::new(Server(receiver)).max_decoding_message_size(LONGEST_MESSAGE);
        server::serve(host, announce, move |stream| {
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(lab.clone()))
        })
    }

    fn connect(&self, address: &str) -> io::Result<Box<dyn Client>> {
        let driven = Driven::new()?;
        let endpoint = Endpoint::from_shared(format!("http://{}", address_in(address)?)).map_err(trouble)?;
        let channel = driven.wait(async { endpoint.tcp_nodelay(true).connect().await.map_err(trouble) })?;
        let mut client = LabClient::new(channel).max_encoding_message_size(LONGEST_MESSAGE);
        match self.call {
            CallType::Unary => Ok(Box::new(Unary { client, calls: CallWindow::new(driven) })),
            CallType::Stream => {
                let (frames, mut queue) = unbounded_channel();
                let outgoing = stream::poll_fn(move |context| queue.poll_recv(context));
                let answers = driven.wait(async { client.stream(outgoing).await.map_err(trouble) })?.into_inner();
                Ok(Box::new(BothWays { waiting: Vec::new(), frames, answers, driven }))
            }
        }
    }
}

impl From<&Frame> for proto::Frame {
    fn from(frame: &Frame) -> proto::Frame {
        proto::Frame { number: frame.number, checksum: frame.checksum, payload: frame.payload.clone() }
    }
}

impl From<proto::Acknowledgement> for Acknowledgement {
    fn from(proto::Acknowledgement { number, checksum }: proto::Acknowledgement) -> Acknowledgement {
        Acknowledgement { number, checksum }
    }
}

/// The service, as the trait that was made of it wants it.
struct Server(Receiver);

impl Server {
    fn acknowledge(receiver: Receiver, frame: &proto::Frame) -> proto::Acknowledgement {
        let Acknowledgement { number, checksum } = receiver.acknowledge(frame.number, &frame.payload);
        proto::Acknowledgement { number, checksum }
    }
}

#[tonic::async_trait]
impl Lab for Server {
    async fn send(&self, frame: Request<proto::Frame>) -> Result<Response<proto::Acknowledgement>, Status> {
        Ok(Response::new(Self::acknowledge(self.0, frame.get_ref())))
    }

    type StreamStream = Pin<Box<dyn Stream<Item = Result<proto::Acknowledgement, Status>> + Send>>;

    async fn stream(&self, frames: Request<Streaming<proto::Frame>>) -> Result<Response<Self::StreamStream>, Status> {
        let receiver = self.0;
        let answers = frames.into_inner().map(move |frame| Ok(Self::acknowledge(receiver, &frame?)));
        Ok(Response::new(Box::pin(answers)))
    }
}

/// The sending end, a call for each frame.
struct Unary {
    client: LabClient<Channel>,
    calls: CallWindow,
}

impl Client for Unary {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        let mut client = self.client.clone(); // another handle of the same connection
        let frame = proto::Frame::from(frame);
        self.calls.begin(async move { Ok(client.send(frame).await.map_err(trouble)?.into_inner().into()) });
        Ok(())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        self.calls.next(until)
    }
}

/// The sending end, one call for all frames.
struct BothWays {
    /// Frames that go out at the next `receive`. Told from outside of its thread, a runtime has to be woken by
    /// a system call (`eventfd`), for each frame.
    waiting: Vec<proto::Frame>,
    /// Where the call takes the next frame from.
    frames: UnboundedSender<proto::Frame>,
    answers: Streaming<proto::Acknowledgement>,
    driven: Driven,
}

impl Client for BothWays {
    fn send(&mut self, frame: &Frame) -> io::Result<()> {
        self.waiting.push(frame.into());
        Ok(())
    }

    fn receive(&mut self, until: Option<Instant>) -> io::Result<Option<Acknowledgement>> {
        let BothWays { waiting, frames, answers, driven } = self;
        driven.wait_until(until, async {
            for frame in waiting.drain(..) {
                frames.send(frame).map_err(|_| io::Error::other("the call has ended"))?;
            }
            let answer = answers.message().await.map_err(trouble)?;
            Ok(answer.ok_or(io::ErrorKind::UnexpectedEof)?.into())
        })
    }
}
