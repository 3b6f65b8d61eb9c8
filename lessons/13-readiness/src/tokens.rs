//! A token is a number of the program's own. Given to the next connection too early, it makes an old event mean
//! the wrong one.

use std::io::{ErrorKind::WouldBlock, Read, Write};
use std::net::{TcpListener, TcpStream};

use mio::{Events, Interest, Poll, Token};
use narrate::kernel::{self, State};
use narrate::{Error, Side, Stage, wait_unread};

use crate::sides::{BINH, LAN, MAI};
use crate::{POLL_TIMEOUT, events, text};

pub(crate) fn reused_token(stage: &Stage) -> Result<(), Error> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let (mut poll, mut events) = (Poll::new()?, Events::with_capacity(16));
    let registry = poll.registry().try_clone()?;
    let connect = |side, token| {
        let client = stage.tap(side, TcpStream::connect(listener.local_addr()?)?)?.off_screen();
        let (stream, _) = listener.accept()?;
        stream.set_nonblocking(true)?;
        let mut stream = stage.tap(Side::SERVER, mio::net::TcpStream::from_std(stream))?;
        registry.register(&mut stream, token, Interest::READABLE)?;
        Ok::<_, Error>((client, stream))
    };
    // ANCHOR: tokens
    stage.step(text::token_is_a_slot());
    stage.show_calls();
    let (mut mai, from_mai) = connect(MAI, Token(0))?;
    let (binh, from_binh) = connect(BINH, Token(1))?;
    let mut slots = [from_mai, from_binh];
    mai.write_all(b"duoi binh")?; // "remove Binh"
    wait_unread(&slots[0], 9)?;
    drop(binh); // closes at the same moment
    kernel::wait_state(&slots[1].endpoint(), Some(State::CloseWait));
    poll.poll(&mut events, POLL_TIMEOUT)?; // both have happened: one batch of two events
    events::show(stage, "poll()", &events);

    let mut buffer = [0; 64];
    let mut _lan = None;
    for event in &events {
        let Token(slot) = event.token();
        match slots[slot].read(&mut buffer) {
            Ok(_) if slot == 0 => {
                let (client, from_lan) = connect(LAN, Token(1))?;
                _lan = Some(client);
                slots[1] = from_lan; // closes Binh's connection: too early
            }
            Ok(_) => {}
            Err(error) if error.kind() == WouldBlock => stage.fact(Side::SERVER, text::reused_slot(slot)),
            Err(error) => return Err(error.into()),
        }
    }
    // ANCHOR_END: tokens
    Ok(())
}
