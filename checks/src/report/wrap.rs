//! Sentences in the columns there are.
