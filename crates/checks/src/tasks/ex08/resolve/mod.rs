//! `resolve`: a DNS client by hand.

mod answers;
mod checks;
mod dns;
mod hints;
mod talk;

use crate::{Check, Role, Task, text};

pub static TASK: Task = Task {
    number: 8,
    name: "resolve",
    title: text!(
        "Client DNS tự viết: hỏi địa chỉ của một tên qua UDP",
        "A DNS client by hand: asks for a name's addresses over UDP",
    ),
    role: Role::Client,
    checks: CHECKS,
    hints: &[
        text!(
            "Triệu chứng thường gặp: câu hỏi lệch một byte, và server im lặng hay trả lời khó hiểu. In câu hỏi \
             của bạn ra stderr dưới dạng hex rồi đếm từng byte theo mô tả ở đầu tệp.",
            "The usual symptom: the query is off by one byte, and the server is silent or answers oddly. Print \
             your query on stderr in hex and count its bytes along the description at the top of the file.",
        ),
        text!(
            "Ý chính: UDP không hứa gì. Tin có thể mất, nên có hạn chờ và hỏi lại; ai cũng gửi tới được, nên phải \
             kiểm tra người gửi, mã số, câu hỏi; độ dài và con trỏ trong tin là lời người lạ, nên phải so với \
             số byte thật có.",
            "The idea: UDP promises nothing. A message may be lost, hence the deadline and the next try; anybody \
             can send to you, hence the look at sender, id and question; lengths and pointers are a stranger's \
             word, hence the comparison with the bytes that are there.",
        ),
        text!(
            "Xem trong bài: `cargo run -p lesson08`: `connect` trên UDP làm gì, lời từ chối đến lúc nào, và tin bị \
             mất. Chương: `cargo course book 08`.",
            "Where the lesson shows it: `cargo run -p lesson08`: what `connect` does on UDP, when a refusal comes, \
             and messages that get lost. The chapter: `cargo course book 08`.",
        ),
    ],
    source: concat!(
        include_str!("mod.rs"),
        include_str!("checks.rs"),
        include_str!("answers.rs"),
        include_str!("talk.rs"),
        include_str!("dns.rs"),
    ),
};

static CHECKS: &[Check] = &[
    Check {
        id: "asks",
        title: text!("Hỏi đúng dạng và in địa chỉ nhận được", "Asks in the right form and prints the address"),
        points: 2,
        run: checks::asks,
    },
    Check {
        id: "all-addresses",
        title: text!(
            "In mọi địa chỉ, mỗi dòng một địa chỉ, đúng thứ tự",
            "Prints all addresses, one a line, in their order"
        ),
        points: 1,
        run: checks::all_addresses,
    },
    Check {
        id: "random-id",
        title: text!("Mỗi lần hỏi một mã số khác", "Every run has another id"),
        points: 1,
        run: checks::random_id,
    },
    Check {
        id: "asks-again",
        title: text!("Không ai trả lời thì hỏi lại", "Asks again when no answer comes"),
        points: 2,
        run: checks::asks_again,
    },
    Check {
        id: "gives-up",
        title: text!(
            "Im lặng mãi thì hỏi đúng ba lần rồi báo lỗi",
            "Silence without end: asks three times, then says so"
        ),
        points: 2,
        run: checks::gives_up,
    },
    Check {
        id: "wrong-id",
        title: text!(
            "Trả lời sai mã số thì bỏ qua, chờ câu trả lời thật",
            "Leaves an answer with another id aside and waits for the real one"
        ),
        points: 2,
        run: answers::wrong_id,
    },
    Check {
        id: "other-question",
        title: text!("Trả lời cho câu hỏi khác thì bỏ qua", "Leaves an answer to another question aside"),
        points: 1,
        run: answers::other_question,
    },
    Check {
        id: "stranger",
        title: text!("Trả lời từ địa chỉ lạ thì bỏ qua", "Leaves an answer from a stranger's address aside"),
        points: 2,
        run: answers::stranger,
    },
    Check {
        id: "keeps-its-deadline",
        title: text!("Tin rác liên tục không kéo dài hạn chờ", "Noise without end does not move the deadline"),
        points: 1,
        run: checks::keeps_its_deadline,
    },
    Check {
        id: "short-messages",
        title: text!(
            "Tin quá ngắn thì bỏ qua, không panic",
            "Leaves messages that are too short aside, without a panic"
        ),
        points: 1,
        run: answers::short_messages,
    },
    Check {
        id: "compressed",
        title: text!("Đọc được tên nén bằng con trỏ", "Reads names that are compressed with pointers"),
        points: 2,
        run: answers::compressed,
    },
    Check {
        id: "aliases",
        title: text!(
            "Đi theo CNAME, chỉ lấy địa chỉ của tên cuối",
            "Follows CNAMEs and takes the addresses of the last name only"
        ),
        points: 2,
        run: answers::aliases,
    },
    Check {
        id: "alias-circle",
        title: text!("CNAME đi vòng thì báo lỗi", "CNAMEs that lead in a circle are an error"),
        points: 1,
        run: answers::alias_circle,
    },
    Check {
        id: "pointer-circles",
        title: text!(
            "Con trỏ đi vòng hay chỉ về phía trước thì báo lỗi",
            "Pointers in a circle or forward are an error"
        ),
        points: 2,
        run: answers::pointer_circles,
    },
    Check {
        id: "cut-answers",
        title: text!("Câu trả lời cụt thì báo lỗi, không panic", "An answer that ends too early is an error, no panic"),
        points: 1,
        run: answers::cut_answers,
    },
    Check {
        id: "truncated",
        title: text!("Bit TC thì báo là câu trả lời bị cắt", "An answer with the bit TC is reported as cut"),
        points: 1,
        run: checks::truncated,
    },
    Check {
        id: "no-such-name",
        title: text!("Không có tên đó thì báo lỗi", "A name that does not exist is reported"),
        points: 1,
        run: checks::no_such_name,
    },
    Check {
        id: "server-failure",
        title: text!("Server không trả lời được thì báo lỗi", "A server that could not answer is reported"),
        points: 1,
        run: checks::server_failure,
    },
    Check {
        id: "no-address",
        title: text!("Tên không có địa chỉ IPv4 thì báo lỗi", "A name without an IPv4 address is reported"),
        points: 1,
        run: checks::no_address,
    },
    Check {
        id: "long-answer",
        title: text!("Câu trả lời dài hơn 512 byte vẫn đọc trọn", "Takes an answer of more than 512 bytes"),
        points: 1,
        run: answers::long_answer,
    },
    Check {
        id: "other-case",
        title: text!("Chữ hoa, chữ thường là một tên", "Upper and lower case are one name"),
        points: 1,
        run: answers::other_case,
    },
    Check {
        id: "longest-names",
        title: text!(
            "Tên dài đúng giới hạn, hay có dấu chấm cuối, vẫn hỏi được",
            "Asks for the longest name, and for one with a dot at its end"
        ),
        points: 1,
        run: checks::longest_names,
    },
    Check {
        id: "refuses-names",
        title: text!(
            "Nhãn hay tên quá dài: báo lỗi và không gửi gì",
            "A label or name too long: an error, and nothing is sent"
        ),
        points: 1,
        run: checks::refuses_names,
    },
    Check {
        id: "refused",
        title: text!("Không có ai ở cổng đó thì báo lỗi", "Nobody at that port is reported"),
        points: 1,
        run: checks::refused,
    },
];
