//! What is wrong with a figure.

narrate::texts! {
    figure_row(row) {
        vi: "không hiểu dòng \"{row}\". Cách viết: book/figures/README.md.",
        en: "cannot make sense of \"{row}\". The language: book/figures/README.md.",
    }
    figure_label(label) {
        vi: "nhãn \"{label}\" phải có đúng hai vế: tiếng Việt | English, hoặc một vế chung.",
        en: "the label \"{label}\" needs exactly two sides, tiếng Việt | English, or one for both.",
    }
    figure_needs(field) {
        vi: "hình thiếu dòng \"{field}: …\".",
        en: "the figure lacks a line \"{field}: …\".",
    }
    figure_kind_unknown(kind) {
        vi: "không có loại hình \"{kind}\". Có: sequence, packet, state, bars.",
        en: "there is no figure of kind \"{kind}\". There are: sequence, packet, state, bars.",
    }
    figure_actor_unknown(name) {
        vi: "chưa khai báo \"{name}\". Thêm dòng \"actor {name}: nhãn\" ở trên.",
        en: "\"{name}\" has not been introduced. Add a line \"actor {name}: label\" above.",
    }
    figure_state_unknown(name) {
        vi: "không có trạng thái \"{name}\". Thêm dòng \"state {name} at CỘT HÀNG: nhãn\".",
        en: "there is no state \"{name}\". Add a line \"state {name} at COLUMN ROW: label\".",
    }
    figure_unit(unit) {
        vi: "đơn vị \"{unit}\" không dùng được. Viết bit hoặc byte.",
        en: "\"{unit}\" is no unit. Write bit or byte.",
    }
    figure_number(word) {
        vi: "\"{word}\" không phải số dùng được ở đây.",
        en: "\"{word}\" is no number that fits here.",
    }
    figure_style(word) {
        vi: "không có kiểu \"{word}\". Có: head, body, rest, plain.",
        en: "there is no style \"{word}\". There are: head, body, rest, plain.",
    }
    figure_cells(count, cells) {
        vi: "trường có {count} đơn vị mà liệt kê {cells} byte. Hai số phải bằng nhau, và cần dòng \"unit: byte\".",
        en: "the field has {count} units but lists {cells} bytes. The two must agree, and \"unit: byte\" is needed.",
    }
    figure_column(column, file) {
        vi: "{file} không có cột \"{column}\" ở dòng đầu.",
        en: "{file} has no column \"{column}\" in its first line.",
    }
    figure_where() {
        vi: "viết `where: CỘT = GIÁ TRỊ`, để chỉ vẽ những dòng có giá trị ấy ở cột ấy.",
        en: "write `where: COLUMN = VALUE`, to draw only the lines with that value in that column.",
    }
    figure_data(file, line) {
        vi: "{file}: dòng \"{line}\" không có tên và một số không âm.",
        en: "{file}: the line \"{line}\" does not give a name and a number of zero or more.",
    }
    figure_bar(name, file) {
        vi: "{file} không có dòng nào tên \"{name}\", mà only lại đòi.",
        en: "{file} has no line named \"{name}\", which only asks for.",
    }
}
