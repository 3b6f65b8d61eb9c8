//! Where connections are kept: in a seat each, whose number is their token.

use super::connection::Connection;

/// A row of seats. One that has been left is the next to be taken, so the row is no longer than the most
/// connections there ever were. (The crate `slab` is this, for any type.)
// ANCHOR: seats
pub(super) struct Seats {
    seats: Vec<Option<Connection>>,
    free: Vec<usize>,
    most: usize,
}

impl Seats {
    pub(super) fn new(most: usize) -> Seats {
        Seats { seats: Vec::new(), free: Vec::new(), most }
    }

    /// Who sits there; `None` when it has left: a late event about it is no error.
    pub(super) fn get(&mut self, seat: usize) -> Option<&mut Connection> {
        self.seats.get_mut(seat)?.as_mut()
    }

    /// The seat that [`Seats::take`] will give.
    pub(super) fn next(&self) -> usize {
        self.free.last().copied().unwrap_or(self.seats.len())
    }

    pub(super) fn take(&mut self, connection: Connection) {
        match self.free.pop() {
            Some(seat) => self.seats[seat] = Some(connection),
            None => self.seats.push(Some(connection)),
        }
    }

    pub(super) fn leave(&mut self, seat: usize) {
        if self.seats.get_mut(seat).is_some_and(|taken| taken.take().is_some()) {
            self.free.push(seat);
        }
    }
    // ANCHOR_END: seats

    pub(super) fn all_taken(&self) -> bool {
        self.seats.len() - self.free.len() >= self.most
    }

    /// There were some, and all have left.
    pub(super) fn left_alone(&self) -> bool {
        !self.seats.is_empty() && self.seats.len() == self.free.len()
    }
}
