//! A table of values, each in a slot whose number is its key.

/// A free slot is filled before the table grows, so it is no longer than the most values there ever were at once.
/// (The crate `slab` offers the same, and more.)
// ANCHOR: slab
pub struct Slab<T> {
    slots: Vec<Option<T>>,
    free: Vec<usize>,
}

impl<T> Slab<T> {
    pub fn new() -> Slab<T> {
        Slab { slots: Vec::new(), free: Vec::new() }
    }

    /// Returns `None` for a free slot: an event that comes late is no error.
    pub fn get_mut(&mut self, key: usize) -> Option<&mut T> {
        self.slots.get_mut(key)?.as_mut()
    }

    /// Returns the key that [`Slab::insert`] will use next.
    pub fn next_key(&self) -> usize {
        self.free.last().copied().unwrap_or(self.slots.len())
    }

    pub fn insert(&mut self, value: T) {
        match self.free.pop() {
            Some(key) => self.slots[key] = Some(value),
            None => self.slots.push(Some(value)),
        }
    }

    pub fn remove(&mut self, key: usize) {
        if self.slots.get_mut(key).is_some_and(|slot| slot.take().is_some()) {
            self.free.push(key);
        }
    }
    // ANCHOR_END: slab

    /// Returns how many slots hold a value.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Slab;

    #[test]
    fn insert_reuses_the_slot_that_was_freed_last() {
        let mut slab = Slab::new();
        for value in ["a", "b", "c"] {
            slab.insert(value);
        }
        slab.remove(0);
        slab.remove(1);
        slab.remove(1); // is free already
        assert_eq!((slab.len(), slab.next_key(), slab.get_mut(1)), (1, 1, None));
        slab.insert("d");
        assert_eq!((slab.next_key(), slab.get_mut(1)), (0, Some(&mut "d")));
    }
}
