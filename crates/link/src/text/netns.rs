//! What a path between two namespaces says to a person.

use narrate::texts;

texts! {
    not_linux() {
        vi: "đường truyền này cần network namespace, chỉ Linux mới có. Trên máy này hãy dùng relay.",
        en: "this path needs network namespaces, which only Linux has. On this machine use a relay.",
    }
    not_permitted() {
        vi: "không có quyền tạo network namespace: phải là root (CAP_NET_ADMIN và CAP_SYS_ADMIN). Chạy lại bằng sudo, hoặc dùng relay.",
        en: "no permission to make network namespaces: that takes root (CAP_NET_ADMIN and CAP_SYS_ADMIN). Run it again with sudo, or use a relay.",
    }
    no_ip() {
        vi: "máy này không có chương trình ip. Cài gói iproute2 (apt install iproute2).",
        en: "the program ip is not installed on this machine. Install the package iproute2 (apt install iproute2).",
    }
    no_tun() {
        vi: "không có /dev/net/tun. Thử: modprobe tun. Trong Docker: thêm --device /dev/net/tun.",
        en: "there is no /dev/net/tun. Try: modprobe tun. In Docker: add --device /dev/net/tun.",
    }
    step_failed(what, why) {
        vi: "không dựng được đường truyền, hỏng ở bước {what}: {why}. Không có nó thì dùng relay.",
        en: "the path could not be set up, the step {what} failed: {why}. Use a relay instead.",
    }
    #[cfg(target_os = "linux")]
    path_one_machine() {
        vi: "Hai đầu và cả đường truyền chạy chung CPU của một máy: máy bận thì gói tin đến muộn hơn độ trễ đã đặt, không bao giờ sớm hơn.",
        en: "Both ends and the path share the CPUs of one machine: when it is busy packets come later than the delay that was set, never earlier.",
    }
    #[cfg(target_os = "linux")]
    path_losses() {
        vi: "Gói nào mất là do may rủi riêng của gói ấy; mạng thật hay mất cả chùm. Chỉ có IPv4, MTU 1500.",
        en: "Each packet is lost by a chance of its own; real networks often lose several in a row. IPv4 only, MTU 1500.",
    }
}
