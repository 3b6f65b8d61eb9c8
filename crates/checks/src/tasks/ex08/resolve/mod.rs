//! `resolve`: a DNS client by hand.

mod answers;
mod checks;
mod dns;
mod exchange;
mod hints;

use crate::{Role, Task, Text, checks};
use answers::*;
use checks::*;

pub static TASK: Task = Task {
    number: 8,
    name: "resolve",
    title: Text {
        vi: "Client DNS tự viết: hỏi địa chỉ của một tên qua UDP",
        en: "A DNS client by hand: asks for a name's addresses over UDP",
    },
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        Text {
            vi: "Triệu chứng thường gặp: câu hỏi lệch một byte, và server im lặng hay trả lời khó hiểu. In câu hỏi của \
                 bạn ra stderr dưới dạng hex rồi đếm từng byte theo mô tả ở đầu tệp.",
            en: "The usual symptom: the query is off by one byte, and the server is silent or answers oddly. Print \
                 your query on stderr in hex and count its bytes along the description at the top of the file.",
        },
        Text {
            vi: "Ý chính: UDP không hứa gì. Tin có thể mất, nên có hạn chờ và hỏi lại; ai cũng gửi tới được, nên phải \
                 kiểm tra người gửi, mã số, câu hỏi; độ dài và con trỏ trong tin là lời người lạ, nên phải so với số \
                 byte thật có.",
            en: "The idea: UDP promises nothing. A message may be lost, hence the deadline and the next try; anybody \
                 can send to you, hence the look at sender, id and question; lengths and pointers are a stranger's \
                 word, hence the comparison with the bytes that are there.",
        },
        Text {
            vi: "Xem trong bài: `cargo run -p lesson08`: `connect` trên UDP làm gì, lời từ chối đến lúc nào, và tin bị \
                 mất. Chương: `cargo course book 08`.",
            en: "Where the lesson shows it: `cargo run -p lesson08`: what `connect` does on UDP, when a refusal comes, \
                 and messages that get lost. The chapter: `cargo course book 08`.",
        },
    ],
    source: concat!(
        include_str!("mod.rs"),
        include_str!("checks.rs"),
        include_str!("answers.rs"),
        include_str!("exchange.rs"),
        include_str!("dns.rs"),
    ),
};

checks! {
    asks(2) {
        vi: "Hỏi đúng dạng và in địa chỉ nhận được",
        en: "Asks in the right form and prints the address",
    }
    all_addresses(1) {
        vi: "In mọi địa chỉ, mỗi dòng một địa chỉ, đúng thứ tự",
        en: "Prints all addresses, one a line, in their order",
    }
    random_id(1) {
        vi: "Mỗi lần hỏi một mã số khác",
        en: "Every run has another id",
    }
    asks_again(2) {
        vi: "Không ai trả lời thì hỏi lại",
        en: "Asks again when no answer comes",
    }
    gives_up(2) {
        vi: "Im lặng mãi thì hỏi đúng ba lần rồi báo lỗi",
        en: "Silence without end: asks three times, then says so",
    }
    wrong_id(2) {
        vi: "Trả lời sai mã số thì bỏ qua, chờ câu trả lời thật",
        en: "Leaves an answer with another id aside and waits for the real one",
    }
    other_question(1) {
        vi: "Trả lời cho câu hỏi khác thì bỏ qua",
        en: "Leaves an answer to another question aside",
    }
    stranger(2) {
        vi: "Trả lời từ địa chỉ lạ thì bỏ qua",
        en: "Leaves an answer from a stranger's address aside",
    }
    keeps_its_deadline(1) {
        vi: "Tin rác liên tục không kéo dài hạn chờ",
        en: "Noise without end does not move the deadline",
    }
    short_messages(1) {
        vi: "Tin quá ngắn thì bỏ qua, không panic",
        en: "Leaves messages that are too short aside, without a panic",
    }
    compressed(2) {
        vi: "Đọc được tên nén bằng con trỏ",
        en: "Reads names that are compressed with pointers",
    }
    aliases(2) {
        vi: "Đi theo CNAME, chỉ lấy địa chỉ của tên cuối",
        en: "Follows CNAMEs and takes the addresses of the last name only",
    }
    alias_circle(1) {
        vi: "CNAME đi vòng thì báo lỗi",
        en: "CNAMEs that lead in a circle are an error",
    }
    pointer_circles(2) {
        vi: "Con trỏ đi vòng hay chỉ về phía trước thì báo lỗi",
        en: "Pointers in a circle or forward are an error",
    }
    cut_answers(1) {
        vi: "Câu trả lời cụt thì báo lỗi, không panic",
        en: "An answer that ends too early is an error, no panic",
    }
    truncated(1) {
        vi: "Bit TC thì báo là câu trả lời bị cắt",
        en: "An answer with the bit TC is reported as cut",
    }
    no_such_name(1) {
        vi: "Không có tên đó thì báo lỗi",
        en: "A name that does not exist is reported",
    }
    server_failure(1) {
        vi: "Server không trả lời được thì báo lỗi",
        en: "A server that could not answer is reported",
    }
    no_address(1) {
        vi: "Tên không có địa chỉ IPv4 thì báo lỗi",
        en: "A name without an IPv4 address is reported",
    }
    long_answer(1) {
        vi: "Câu trả lời dài hơn 512 byte vẫn đọc trọn",
        en: "Takes an answer of more than 512 bytes",
    }
    other_case(1) {
        vi: "Chữ hoa, chữ thường là một tên",
        en: "Upper and lower case are one name",
    }
    longest_names(1) {
        vi: "Tên dài đúng giới hạn, hay có dấu chấm cuối, vẫn hỏi được",
        en: "Asks for the longest name, and for one with a dot at its end",
    }
    refuses_names(1) {
        vi: "Nhãn hay tên quá dài: báo lỗi và không gửi gì",
        en: "A label or name too long: an error, and nothing is sent",
    }
    refused(1) {
        vi: "Không có ai ở cổng đó thì báo lỗi",
        en: "Nobody at that port is reported",
    }
}
