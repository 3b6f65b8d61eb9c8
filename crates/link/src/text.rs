//! What this library says to a person.

#[cfg(feature = "netns")]
mod netns;

#[cfg(feature = "netns")]
pub(crate) use netns::*;

use narrate::texts;

texts! {
    only_loopback(target) {
        vi: "relay chỉ chuyển tiếp tới địa chỉ loopback, còn {target} thì không phải. Dùng 127.0.0.1 hoặc [::1].",
        en: "a relay leads to loopback addresses only, and {target} is not one. Use 127.0.0.1 or [::1].",
    }
    udp_no_refusal() {
        vi: "Relay UDP không chuyển lời từ chối (ICMP): không có ai ở cổng đích thì client chỉ thấy im lặng.",
        en: "A UDP relay does not carry refusals (ICMP): when no program listens on the target port, the client gets no answer.",
    }
    udp_own_losses() {
        vi: "Gửi quá nhanh thì kernel có thể bỏ bớt datagram trước khi relay kịp đọc; những gói ấy không nằm trong số đếm.",
        en: "When datagrams come too fast the kernel may drop some before the relay reads them; those are in no count.",
    }
    tcp_loss() {
        vi: "Relay TCP không làm mất được gói tin nào: chỗ lẽ ra mất gói, dữ liệu đến muộn đúng một lần truyền lại và phần sau phải đợi.",
        en: "A TCP relay cannot lose a packet: where one would be lost, the data comes one retransmission late and the rest waits behind it.",
    }
    tcp_no_congestion() {
        vi: "Bên gửi không hay biết nên không giảm tốc: kiểm soát tắc nghẽn của kernel không thấy mất gói, cũng không thấy độ trễ.",
        en: "The sender does not know and does not slow down: the kernel's congestion control sees neither the loss nor the delay.",
    }
    tcp_handshake() {
        vi: "connect() tới relay trả về ngay, không tốn vòng đi về nào; server đích từ chối thì client gặp RST sau khi đã nối xong.",
        en: "connect() to a relay returns at once, without a round trip; when the target refuses, the client is connected first and then meets a reset.",
    }
}
