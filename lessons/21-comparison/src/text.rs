//! Every sentence of lesson 21, both languages side by side.

use narrate::{Text, texts};

pub(crate) const TITLE: Text = Text { vi: "So sánh, đo thật", en: "The comparison, measured" };

texts! {
    cannot_serve(name, why) { vi: "server {name} không chạy được: {why}", en: "the server of {name} cannot run: {why}" }
    no_transport(name, all) {
        vi: "không có cách chở nào tên “{name}”. Có: {all}.",
        en: "there is no transport “{name}”. There are: {all}.",
    }

    announced_not_computed() {
        vi: "checksum khai sai mà server xác nhận đúng số ấy: nó chép lại lời khai, không tính trên những byte đã đến",
        en: "a checksum announced wrongly was acknowledged as announced: the server copies what it is told and computes nothing of the bytes",
    }
    acknowledged_by_itself() {
        vi: "server đang bị dừng (SIGSTOP) mà xác nhận vẫn đến: driver tự bịa ra nó",
        en: "an acknowledgement came while the server was stopped (SIGSTOP): the driver made it up",
    }
    other_number(wanted, got) {
        vi: "đã gửi khung số {wanted}, xác nhận lại mang số {got}",
        en: "frame {wanted} was sent, the acknowledgement is of frame {got}",
    }
    other_checksum(number) {
        vi: "khung số {number}: checksum server tính ra không khớp, byte đến nơi không còn nguyên",
        en: "frame {number}: the checksum that the server computed is another one; the bytes did not arrive whole",
    }
}
