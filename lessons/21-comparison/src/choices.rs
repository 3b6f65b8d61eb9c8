//! The single choices that `--explain` measures: often one of them costs more than the whole way from TCP to gRPC.

use lab::Choice;

use crate::text::explain as text;

/// In the order in which a reader should meet them. Names that begin with `py ` are Python's.
pub(crate) const CHOICES: &[Choice] = &[
    choice("two-writes", "jpeg", ["tcp", "tcp-two-writes"], text::two_writes, text::two_writes_why),
    choice("py-two-sends", "jpeg", ["py socket", "py socket-two-sends"], text::two_writes, text::two_writes_why),
    choice("read-1024", "vga", ["tcp", "tcp-read-1024"], text::read_1024, text::read_1024_why),
    choice("py-recv-1024", "vga", ["py socket", "py socket-recv-1024"], text::read_1024, text::recv_concat_why),
    choice("small-datagrams", "jpeg", ["udp", "udp-1400"], text::small_datagrams, text::small_datagrams_why),
    choice("keep-alive", "jpeg", ["http1", "http1-close"], text::keep_alive, text::keep_alive_why),
    choice("multipart", "jpeg", ["http1", "http1-multipart"], text::multipart, text::multipart_why),
    choice("base64", "jpeg", ["http1", "http1-base64"], text::base64, text::base64_why),
    choice("websocket-base64", "jpeg", ["websocket", "websocket-base64"], text::base64, text::base64_why),
    choice("deflate", "jpeg", ["websocket", "websocket-deflate"], text::deflate, text::deflate_why),
    choice("py-deflate", "jpeg", ["py websockets", "py websockets-deflate"], text::deflate, text::deflate_why),
    choice("py-base64", "jpeg", ["py websockets-deflate", "py websockets-base64"], text::base64, text::base64_why),
    choice("tls", "vga", ["websocket", "wss"], text::tls, text::tls_why),
    choice("http2-windows", "vga", ["http2", "http2-small-windows"], text::windows, text::windows_why),
    choice("grpc-windows", "vga", ["grpc-unary", "grpc-small-windows"], text::windows, text::windows_why),
    choice("py-server", "jpeg", ["py fastapi-best", "py fastapi-usual"], text::usual_fastapi, text::usual_fastapi_why),
    choice("py-client", "jpeg", ["py fastapi-best", "py httpx-post"], text::new_client, text::new_client_why),
    choice("py-stream", "jpeg", ["py grpcio-bidi", "py grpcio-unary"], text::unary, text::unary_why),
    choice("language", "jpeg", ["tcp", "py socket"], text::language, text::language_why),
];

const fn choice(
    id: &'static str,
    payload: &'static str,
    [before, after]: [&'static str; 2],
    title: fn() -> String,
    why: fn() -> String,
) -> Choice {
    Choice { id, payload, before, after, title, why }
}
