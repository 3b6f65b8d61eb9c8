//! Every sentence of lesson 21, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "So sánh, đo thật", en: "The comparison, measured" };

texts! {
    cannot_serve(name, why) { vi: "server {name} không chạy được: {why}", en: "the server of {name} cannot run: {why}" }
    no_transport(name, all) {
        vi: "không có cách chở nào tên “{name}”. Có: {all}.",
        en: "there is no transport “{name}”. There are: {all}.",
    }
}
