//! Lesson 21 · The comparison, measured · So sánh, đo thật
//!
//! One frame over TCP, HTTP/1.1, WebSocket and gRPC: what each adds, and what is left of the difference once a frame means work.
//!
//!     cargo run -p lesson21                                 the whole story, on this machine
//!     cargo run --release -p lesson21 -- measure            the lab: every transport, in two minutes, and a report
//!     cargo run --release -p lesson21 -- measure --peers    with FastAPI, grpcio, websockets, a Python socket beside them
//!     cargo run --release -p lesson21 -- measure --help     everything else
//!
//! You should see a few bytes around a picture of 50 KB, and four speeds that lie close together with 25 ms of work.
//! How each transport carries frames in earnest stands in `transport/`, one small file each: read `tcp.rs` first.

mod choices;
mod claims;
mod drive;
mod frame;
mod serve;
mod sides;
mod subject;
mod text;
mod transport;

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::process::ExitCode;

use bytes::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use lab::WORK_MS;
use lab::contract::checksum;
use narrate::{Error, Lesson, Side, Stage, Traffic};
use tonic::transport::Endpoint;
use tungstenite::Message;

use frame::{Acknowledgement, Frame};
use transport::grpc::proto::{self, lab_client::LabClient};
use transport::{http_request, stream};

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    if sides::asks_the_lab(&words) {
        return lab::run(&subject::program(), words);
    }
    let (serve, connect) = (Some(sides::serve as _), Some(sides::connect as _));
    sides::with_lab_help(&words, Lesson { number: 21, title: text::TITLE, story, serve, connect, dissector: None })
}

fn story(stage: &Stage) -> Result<(), Error> {
    let payload = Bytes::from(lab::payloads::jpeg(21).map_err(io::Error::other)?);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?; // hyper and tonic need one
    runtime.block_on(one_frame_each(stage, &payload))?;

    // ANCHOR: work
    stage.step(text::with_work(WORK_MS));
    stage.line(&text::speeds(WORK_MS));
    let mut speeds = Vec::new();
    for name in ["tcp", "http1", "websocket", "grpc-unary"] {
        let both = [sides::frames_per_second(name, 0, &payload)?, sides::frames_per_second(name, WORK_MS, &payload)?];
        stage.line(&text::speed(name, both));
        speeds.push(both);
    }
    stage.line(&text::fastest_to_slowest(&speeds));
    // ANCHOR_END: work
    stage.say(text::arithmetic(WORK_MS));
    stage.try_next(&text::try_next());
    Ok(())
}

async fn one_frame_each(stage: &Stage, payload: &Bytes) -> Result<(), Error> {
    let frame = |number| Frame { number, checksum: checksum(payload), payload: payload.clone() };
    stage.step(text::one_frame(payload.len()));
    stage.hide_calls();

    // ANCHOR: tcp
    let address = sides::start("tcp")?;
    let mut tcp = stage.tap(Side::CLIENT, TcpStream::connect(&address)?)?;
    tcp.set_nodelay(true)?;
    second_frame(stage, text::over_tcp(), &tcp.traffic(), &frame, async |frame| {
        tcp.write_all(&[&stream::header(&frame)[..], &frame.payload].concat())?; // one call: two would wait for each other
        let mut answer = [0; Acknowledgement::LENGTH];
        tcp.read_exact(&mut answer)?;
        Ok(Acknowledgement::from_bytes(answer))
    })
    .await?;
    // ANCHOR_END: tcp

    let address = sides::start("http1")?;
    let stream = stage.tap(Side::CLIENT, tokio::net::TcpStream::connect(&address).await?)?;
    let traffic = stream.traffic();
    let (mut http, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(io::Error::other)?;
    tokio::spawn(connection); // hyper reads and writes in a task of its own
    second_frame(stage, text::over_http1(), &traffic, &frame, async |frame| {
        let request = http_request::origin_form(http_request::request(&address, &frame)); // POST /frame
        let answer = http.send_request(request).await.map_err(io::Error::other)?;
        http_request::acknowledgement(answer).await
    })
    .await?;

    let address = sides::start("websocket")?;
    let stream = stage.tap(Side::CLIENT, TcpStream::connect(&address)?)?;
    let traffic = stream.traffic();
    let (mut websocket, _) = tungstenite::client(format!("ws://{address}/"), stream).map_err(io::Error::other)?;
    second_frame(stage, text::over_websocket(), &traffic, &frame, async |frame| {
        let head = Acknowledgement { number: frame.number, checksum: frame.checksum }.to_bytes();
        websocket.send(Message::binary([&head[..], &frame.payload].concat())).map_err(io::Error::other)?;
        let answer = websocket.read().map_err(io::Error::other)?.into_data();
        Ok(Acknowledgement::from_bytes(answer[..].try_into().map_err(io::Error::other)?))
    })
    .await?;
    websocket.close(None).map_err(io::Error::other)?;

    let address = sides::start("grpc-unary")?;
    let stream = stage.tap(Side::CLIENT, tokio::net::TcpStream::connect(&address).await?)?;
    let traffic = stream.traffic();
    let mut stream = Some(TokioIo::new(stream));
    let connector =
        tower::service_fn(move |_| std::future::ready(stream.take().ok_or_else(|| io::Error::other("one connection"))));
    let endpoint = Endpoint::from_shared(format!("http://{address}")).map_err(io::Error::other)?;
    let mut grpc = LabClient::new(endpoint.connect_with_connector(connector).await.map_err(io::Error::other)?);
    second_frame(stage, text::over_grpc(), &traffic, &frame, async |frame| {
        let answer = grpc.send(proto::Frame::from(&frame)).await.map_err(io::Error::other)?; // the rest is in proto/lab.proto
        Ok(answer.into_inner().into())
    })
    .await?;
    Ok(())
}

/// Sends two frames and shows the second: the first one opens what stays open.
async fn second_frame(
    stage: &Stage,
    heading: String,
    traffic: &Traffic,
    frame: &impl Fn(u64) -> Frame,
    mut exchange: impl AsyncFnMut(Frame) -> io::Result<Acknowledgement>,
) -> Result<(), Error> {
    exchange(frame(1)).await?;
    stage.step(heading);
    let (written, read) = (traffic.written(), traffic.read());
    let (sent, answer) = (frame(2), exchange(frame(2)).await?);
    if answer != (Acknowledgement { number: sent.number, checksum: sent.checksum }) {
        return Err(Error::new(text::other_answer()));
    }
    let added = traffic.written() - written - sent.payload.len();
    stage.fact(Side::CLIENT, text::added(added, traffic.read() - read));
    stage.hide_calls(); // what opens the next connection
    Ok(())
}
