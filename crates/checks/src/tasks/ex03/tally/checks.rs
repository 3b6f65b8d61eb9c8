//! The conversations with a tally client. Here we are the judge.

use super::hints::*;
use crate::limits::SMALL_BUFFER;
use crate::{CheckRun, Client, Explain, Failure, Listener, Peer, Symptom};

pub(super) fn sends_file(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().word(8);
    let (client, mut peer) = start_and_accept(check, content.as_bytes())?;
    peer.expect(content.as_bytes()).or_hint(&AS_IT_IS)?;
    send_verdict(peer, content.as_bytes())?;
    expect_line_printed(&client, content.as_bytes())
}

pub(super) fn half_close(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().word(20);
    let (client, mut peer) = start_and_accept(check, content.as_bytes())?;
    expect_file(&mut peer, content.as_bytes())?;
    send_verdict(peer, content.as_bytes())?;
    expect_line_printed(&client, content.as_bytes())
}

pub(super) fn keeps_listening(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().word(12);
    let (client, mut peer) = start_and_accept(check, content.as_bytes())?;
    expect_file(&mut peer, content.as_bytes())?;
    let verdict = verdict(content.as_bytes());
    let (beginning, rest) = verdict.as_bytes().split_at(5);
    // A client that closed both directions answers the first piece with RST; the second meets it.
    peer.send(beginning).hint_if_gone(&CLOSED_BOTH)?;
    peer.wait_read().hint_if_gone(&CLOSED_BOTH).or_hint(&VERDICT_NOT_READ)?;
    peer.send(rest).hint_if_gone(&CLOSED_BOTH)?;
    peer.close();
    expect_verdict_printed(&client, content.as_bytes()).or_hint(&CLOSED_BOTH)
}

pub(super) fn verdict_in_pieces(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().word(9);
    let (client, mut peer) = start_and_accept(check, content.as_bytes())?;
    expect_file(&mut peer, content.as_bytes())?;
    peer.send_bytewise(verdict(content.as_bytes()).as_bytes())
        .hint_if_gone(&VERDICT_IN_PIECES)
        .or_hint(&VERDICT_NOT_READ)?;
    peer.close();
    expect_verdict_printed(&client, content.as_bytes()).or_hint(&VERDICT_IN_PIECES)
}

pub(super) fn any_bytes(check: &mut CheckRun) -> Result<(), Failure> {
    let mut content: Vec<u8> = (0..=255).collect();
    content.extend_from_slice(b"\r\n\n\r");
    content.extend(check.rng().bytes(500));
    let (client, mut peer) = start_and_accept(check, &content).or_hint(&NOT_TEXT)?;
    peer.expect(&content).or_hint(&NOT_TEXT)?;
    expect_file(&mut peer, &[])?;
    send_verdict(peer, &content)?;
    expect_line_printed(&client, &content)
}

pub(super) fn empty_file(check: &mut CheckRun) -> Result<(), Failure> {
    let (client, mut peer) = start_and_accept(check, b"").or_hint(&EMPTY)?;
    peer.expect_end().hint(Symptom::ExtraBytes, &AS_IT_IS).or_hint(&EMPTY)?;
    send_verdict(peer, b"").or_hint(&EMPTY)?;
    expect_verdict_printed(&client, b"").or_hint(&EMPTY)
}

pub(super) fn large_file(check: &mut CheckRun) -> Result<(), Failure> {
    let length = check.rng().between(1_000_001, 1_100_001);
    let content = check.rng().bytes(length);
    let listener = check.listen()?.receive_buffer(SMALL_BUFFER)?;
    let (client, mut peer) = start_and_accept_at(check, &listener, &content)?;
    peer.expect(&content).or_hint(&ALL_OF_IT)?;
    peer.expect_end().hint(Symptom::ExtraBytes, &ALL_OF_IT).hint(Symptom::Silence, &NO_END).or_hint(&ALL_OF_IT)?;
    send_verdict(peer, &content)?;
    expect_line_printed(&client, &content)
}

pub(super) fn no_verdict(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().word(10);
    let (client, mut peer) = start_and_accept(check, content.as_bytes())?;
    expect_file(&mut peer, content.as_bytes())?;
    peer.close();
    expect_failure_reported(&client).or_hint(&NO_VERDICT)
}

pub(super) fn half_a_verdict(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().word(10);
    let (client, mut peer) = start_and_accept(check, content.as_bytes())?;
    expect_file(&mut peer, content.as_bytes())?;
    peer.send(&verdict(content.as_bytes()).as_bytes()[..6])?;
    peer.close();
    expect_failure_reported(&client).or_hint(&HALF_A_VERDICT)
}

pub(super) fn cut_connection(check: &mut CheckRun) -> Result<(), Failure> {
    let content = check.rng().bytes(BEYOND_BUFFERS);
    let listener = check.listen()?.receive_buffer(SMALL_BUFFER)?;
    let (client, mut peer) = start_and_accept_at(check, &listener, &content)?;
    // The client is in the middle of its file when the judge vanishes.
    peer.expect(&content[..1000]).or_hint(&AS_IT_IS)?;
    peer.reset()?;
    expect_failure_reported(&client).or_hint(&CUT)
}

pub(super) fn refused(check: &mut CheckRun) -> Result<(), Failure> {
    let closed = check.refusing_address()?;
    let file = check.file("file", b"xin chao")?;
    let client = check.start_client(&[closed.address().to_string(), file.display().to_string()])?;
    expect_failure_reported(&client).or_hint(&REFUSED)
}

pub(super) fn no_such_file(check: &mut CheckRun) -> Result<(), Failure> {
    let listener = check.listen()?;
    let file = check.file("file", b"")?.with_file_name("no-such-file");
    let client = check.start_client(&[listener.address().to_string(), file.display().to_string()])?;
    expect_failure_reported(&client).or_hint(&NO_SUCH_FILE)?;
    listener.expect_no_connection_from(&client).or_hint(&NO_SUCH_FILE)
}

/// More than the kernel takes in while the judge does not read, in bytes.
const BEYOND_BUFFERS: usize = 8 * 1024 * 1024;

/// The line with which the judge answers: how many bytes, and their sum.
fn verdict(content: &[u8]) -> String {
    let sum = content.iter().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
    format!("{} bytes, sum {sum:08x}\n", content.len())
}

/// Starts the program with a file of this content, and accepts its connection.
fn start_and_accept(check: &mut CheckRun, content: &[u8]) -> Result<(Client, Peer), Failure> {
    let listener = check.listen()?;
    start_and_accept_at(check, &listener, content)
}

/// Does the same with a listener that the check has prepared.
fn start_and_accept_at(check: &mut CheckRun, listener: &Listener, content: &[u8]) -> Result<(Client, Peer), Failure> {
    let file = check.file("file", content)?;
    let client = check.start_client(&[listener.address().to_string(), file.display().to_string()])?;
    let peer = listener.accept(&client)?;
    Ok((client, peer))
}

/// Reads all of the file; EOF must end it.
fn expect_file(peer: &mut Peer, content: &[u8]) -> Result<(), Failure> {
    peer.expect(content).or_hint(&AS_IT_IS)?;
    peer.expect_end().hint(Symptom::Silence, &NO_END).hint(Symptom::ExtraBytes, &AS_IT_IS).hint_if_gone(&CLOSED_BOTH)
}

/// Sends the verdict, and closes.
fn send_verdict(mut peer: Peer, content: &[u8]) -> Result<(), Failure> {
    peer.send(verdict(content).as_bytes()).hint_if_gone(&CLOSED_BOTH)?;
    peer.close();
    Ok(())
}

/// The client must print the line, the line only, and succeed.
fn expect_verdict_printed(client: &Client, content: &[u8]) -> Result<(), Failure> {
    let ended = client.finish().or_hint(&VERDICT_NOT_READ)?;
    ended.expect_success()?;
    ended.expect_output(&verdict(content))
}

/// The same, where the check has nothing of its own to say about a client that does not.
fn expect_line_printed(client: &Client, content: &[u8]) -> Result<(), Failure> {
    expect_verdict_printed(client, content)
        .hint(Symptom::WrongOutput, &PRINT_THE_LINE)
        .hint(Symptom::WrongExitCode, &VERDICT_MISSED)
}

/// The client says that it failed, and prints nothing that looks like a verdict.
fn expect_failure_reported(client: &Client) -> Result<(), Failure> {
    let ended = client.finish()?;
    ended.expect_failure()?;
    ended.expect_output("")
}
