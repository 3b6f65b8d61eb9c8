//! Exercise 16: whatever members say, and however they read, the room keeps its bounds and its order.

#[allow(dead_code, reason = "a whole program, of which only the room is tried")]
mod room {
    include!(concat!(env!("OUT_DIR"), "/room.rs"));

    mod properties {
        use std::collections::HashSet;

        use proptest::prelude::*;

        use super::{HISTORY, Message, Membership, QUEUE, Room, is_name};

        #[derive(Clone, Debug)]
        enum Act {
            Join(String),
            Say(usize, String),
            Show(usize, Vec<u8>),
            Read(usize),
            Leave(usize),
        }

        fn act() -> impl Strategy<Value = Act> {
            let who = 0usize..6;
            prop_oneof![
                1 => "[a-dà\u{1b} :]{0,3}".prop_map(Act::Join),
                6 => (who.clone(), "[a-z =+:-]{1,9}").prop_map(|(who, line)| Act::Say(who, line)),
                1 => (who.clone(), prop::collection::vec(any::<u8>(), 0..9)).prop_map(|(who, bytes)| Act::Show(who, bytes)),
                2 => who.clone().prop_map(Act::Read),
                1 => who.prop_map(Act::Leave),
            ]
        }

        /// Everything that waits for a member.
        fn read(membership: &mut Membership) -> Vec<Message> {
            std::iter::from_fn(|| membership.queue.try_recv().ok()).collect()
        }

        proptest! {
            #[test]
            fn whatever_is_said_the_room_keeps_its_bounds_and_its_order(acts in prop::collection::vec(act(), 0..400)) {
                let mut room = Room::default();
                let mut members: Vec<(u64, String, Membership)> = Vec::new();
                let mut said: Vec<Message> = Vec::new();
                for act in acts {
                    let who = |who: usize| members.get(who).map(|(id, name, _)| (*id, name.clone()));
                    match act {
                        Act::Join(name) => {
                            let taken = room.members.iter().any(|member| member.name == name);
                            let joined = room.join(&name);
                            prop_assert_eq!(joined.is_ok(), is_name(&name) && !taken);
                            let Ok((id, mut membership)) = joined else { continue };
                            let welcome = read(&mut membership);
                            let known = &said[said.len().saturating_sub(HISTORY)..];
                            prop_assert_eq!(&welcome[..welcome.len() - 1], known);
                            prop_assert!(welcome.last().unwrap().to_text().unwrap().starts_with('='));
                            members.push((id, name, membership));
                        }
                        Act::Say(number, line) => if let Some((id, name)) = who(number) {
                            if room.members.iter().any(|member| member.id == id) {
                                said.push(Message::text(format!("{name}: {line}")));
                            }
                            room.send_message(id, Message::text(line));
                        },
                        Act::Show(number, bytes) => if let Some((id, _)) = who(number) {
                            room.send_message(id, Message::binary(bytes));
                        },
                        Act::Read(number) => if let Some((_, name, membership)) = members.get_mut(number) {
                            let own = format!("{name}: ");
                            for message in read(membership).iter().filter_map(|message| message.to_text().ok()) {
                                prop_assert!(!message.starts_with(&own), "{} hears itself", name);
                            }
                        },
                        Act::Leave(number) => if let Some((id, _)) = who(number) {
                            room.leave(id);
                        },
                    }
                    let names: HashSet<&str> = room.members.iter().map(|member| member.name.as_str()).collect();
                    prop_assert_eq!(names.len(), room.members.len(), "two of one name");
                    prop_assert!(room.history.len() <= HISTORY);
                    for (id, _, membership) in &mut members {
                        prop_assert!(membership.queue.len() <= QUEUE);
                        // Who is no longer in the room either left or was told that it was too slow.
                        let there = room.members.iter().any(|member| member.id == *id);
                        prop_assert!(!there || membership.dropped.try_recv().is_err());
                    }
                }
            }
        }
    }
}
