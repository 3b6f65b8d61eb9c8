//! What the symptoms of a program that measures point to.

use crate::hints;

hints! {
    PREDICTS_TOO_LATE {
        vi: "Ứng viên chưa trả lời khung nào, vì tôi chờ dòng PREDICTED trước, mà dòng ấy chưa ra. Lời đoán viết sau \
             khi đo thì không còn là lời đoán. Phần có sẵn in nó ngay từ đầu: bạn có dời chỗ in, hay stdout còn nằm \
             trong bộ đệm?",
        en: "No candidate has answered yet, because I wait for the line PREDICTED first, and it does not come. A \
             prediction made after measuring is none. The part that is given prints it at the start: did you move it, \
             or does stdout still lie in a buffer?",
    }

    NOT_PREDICTED {
        vi: "`prediction` phải nêu đủ các ứng viên, mỗi tên một lần, đúng chính tả: plain, cold, per-connection, \
             slow-work, stall. Còn phân vân thì cũng phải xếp: đoán sai không mất điểm, không đoán thì không biết mình \
             đã tưởng gì.",
        en: "`prediction` must have all the candidates, each name once, as they are spelled: plain, cold, \
             per-connection, slow-work, stall. Rank them also where you are in doubt: a wrong prediction costs \
             nothing, and without one you will never know what you had expected.",
    }

    NO_END {
        vi: "Chương trình còn chờ ai đó. Mỗi lần gọi, đọc, ghi đều cần một hạn chót (IO_TIMEOUT), và số khung cùng số \
             vòng thì có hạn. Chỗ nào đọc mà không có hạn, hay thử lại mà không đếm?",
        en: "The program still waits for somebody. Each call, read and write needs a deadline (IO_TIMEOUT), and there \
             are only so many frames and rounds. Where do you read without a limit, or try again without counting?",
    }

    PANICS {
        vi: "Một ứng viên hỏng là một kết quả, không phải lỗi lập trình: nó có dòng INVALID. Dòng stderr ở trên chỉ ra \
             chỗ nào tin rằng mọi việc sẽ thành công.",
        en: "A candidate that fails is a result, not a programming error: it gets a line INVALID. The stderr line \
             above shows what trusted that all would go well.",
    }

    DIES {
        vi: "Một ứng viên hỏng và cả cuộc đo dừng lại. Lỗi của `measure_round` thuộc về riêng ứng viên ấy: trong vòng lặp của \
             `measure`, lỗi đi về đâu, và những ứng viên sau nó có còn tới lượt không?",
        en: "One candidate failed, and with it the whole measurement. What `measure_round` returns concerns that candidate \
             alone: in the loop of `measure`, where does the error go, and do those after it still get their turn?",
    }

    FORM {
        vi: "Những dòng này do máy đọc, nên phải đúng mẫu ở đầu tệp, không thừa dòng nào. Phần in có sẵn trong \
             `report`; muốn in thêm để tự xem thì in ra stderr.",
        en: "A machine reads these lines, so that they must have the form that the top of the file shows, and no other \
             may come between. `report` prints them and is given; what you print for yourself goes to stderr.",
    }

    NOT_MEASURED {
        vi: "Ứng viên này xác nhận đúng từng khung, mà bị loại. Lý do đứng ngay sau INVALID, trong dòng chương trình \
             in. So từng byte: 8 byte đầu là số, 8 byte sau là checksum, theo thứ tự byte mạng; bạn có đọc đủ 16 byte \
             không?",
        en: "This candidate acknowledged each frame rightly and was ruled out all the same. The reason stands behind \
             INVALID, in your program's own line. Compare byte by byte: first 8 bytes of number, then 8 of checksum, \
             in network byte order; did you read all 16?",
    }

    HOW_MANY {
        vi: "Ứng viên đếm được số khung khác với số phải gửi. Mỗi vòng là WARM_UP khung rồi FRAMES khung, ROUNDS vòng. \
             Khởi động có bị bỏ, hay chỉ làm một lần? Có khung nào gửi hai lần mà không vì kết nối đã đóng?",
        en: "The candidate counted another number of frames than were due. A round is WARM_UP frames, then FRAMES \
             frames, and there are ROUNDS rounds. Is the warm-up left out, or done only once? Is a frame sent twice \
             though no connection had closed?",
    }

    TOO_FAST {
        vi: "Con số của bạn nhanh hơn những gì phía bên kia kịp làm. Đồng hồ dừng khi đã có lời xác nhận cuối cùng, \
             không phải khi khung cuối đã ghi xong: `write` trả về lúc kernel nhận byte, chưa ai đọc. Đơn vị thời gian \
             trong phép chia là gì? → Chương 21.",
        en: "Your figure is faster than the other side was. The clock stops when the last acknowledgement is there, \
             not when the last frame is written: `write` returns when the kernel has the bytes, and nobody has read \
             them. And in which unit is the time that you divide by? → Chapter 21.",
    }

    TOO_SLOW {
        vi: "Con số của bạn chậm hơn đồng hồ phía bên kia hơn hai lần. Tính lại một vòng bằng tay: FRAMES khung chia \
             cho số giây. Đơn vị có đúng là giây không, và đồng hồ có chạy qua những việc không thuộc về khung nào \
             không?",
        en: "Your figure is less than half of what the other side's clock says. Work out one round by hand: FRAMES \
             frames, divided by seconds. Is your unit seconds, and does the clock run through things that belong to no \
             frame?",
    }

    NUMBERS_RISE {
        vi: "Số của khung lặp lại hay nhảy cóc. Hai khung cùng số thì một lời xác nhận cũ trông như mới. Cả lần chạy \
             dùng chung một `Frames`: bạn có tạo lại nó, hay lấy một khung rồi không gửi?",
        en: "A number comes again, or one is left out. With two frames of the same number, an old acknowledgement \
             looks like a new one. One `Frames` serves the whole run: do you make another, or take a frame and not \
             send it?",
    }

    WARM_UP_COUNTED {
        vi: "Khung đầu tiên trên mỗi kết nối của ứng viên này rất chậm, những khung sau thì không, mà con số của bạn \
             mang cả khung đầu. Khởi động có để làm gì: kết nối, bộ nhớ, cache đều lần đầu mới chậm. Đồng hồ của bạn \
             bấm trước hay sau WARM_UP khung?",
        en: "The first frame on each connection to this candidate is very slow, the others are not, and your figure \
             contains it. That is what a warm-up is for: connection, memory and caches are slow the first time only. \
             Does your clock start before or after the WARM_UP frames?",
    }

    NOT_ROTATED {
        vi: "Đo xong hẳn người này mới tới người kia thì ai gặp lúc máy bận là thiệt; vòng nào cũng bắt đầu từ một \
             người thì người ấy luôn chịu máy nguội. Vòng ngoài là các lượt, vòng trong là các ứng viên, và lượt thứ k \
             bắt đầu từ ứng viên thứ k.",
        en: "When one is measured completely before the next, whoever meets a busy moment loses by it; when each round \
             begins with the same one, it always has the cold machine. The outer loop is the rounds, the inner one the \
             candidates, and round k begins with candidate k.",
    }

    NOT_THE_MEDIAN {
        vi: "Ba vòng như nhau, một vòng may, một vòng xui: vòng nằm giữa là kết quả. Trung bình cộng bị vòng lạ kéo \
             đi, lấy vòng tốt nhất thì khen may mắn, cộng hết thời gian lại thì vòng xui thắng. Sau khi sắp xếp, bạn \
             lấy phần tử nào?",
        en: "Three rounds alike, one lucky, one unlucky: the one in the middle is the result. A mean is pulled away by \
             the odd round, the best round praises luck, and the sum of all times lets the unlucky one win. Which \
             element do you take, once they are sorted?",
    }

    RANKED_WRONGLY {
        vi: "Thứ hạng không theo con số. Khung một giây càng nhiều càng nhanh: nhiều nhất đứng đầu. Bạn sắp tăng hay \
             giảm, và so sánh số hay so sánh chữ (\"9.0\" với \"120.0\")?",
        en: "The ranking does not follow the figures. More frames a second is faster: the most comes first. Do you \
             sort up or down, and do you compare numbers or letters (\"9.0\" and \"120.0\")?",
    }

    WHO_IS_EXPLAINED {
        vi: "So từng chỗ: chỗ thứ nhất của lời đoán với chỗ thứ nhất của RANKING, cứ thế. Khác nhau thì ứng viên đang \
             đứng ở đó cần một lời giải thích; trùng nhau thì không. Ai INVALID thì bỏ khỏi lời đoán trước khi so.",
        en: "Compare place by place: the first of the prediction with the first of RANKING, and so on. Where they \
             differ, the candidate that stands there needs an explanation; where they agree, none. Drop from the \
             prediction whoever is INVALID before you compare.",
    }

    NO_EXPLANATION {
        vi: "Đoán sai mà không nói vì sao thì lần sau vẫn sai như thế. Mỗi ứng viên một câu riêng trong `because`: \
             thời gian của nó đi đâu? Nếu không biết, đo thêm một điều: tính toán, chờ, hay kết nối.",
        en: "Who was wrong and does not say why will be wrong again. A sentence of its own for each candidate, in \
             `because`: where does its time go? If you do not know, measure one more thing: computing, waiting, or \
             connecting.",
    }

    CLOSES_AFTERWARDS {
        vi: "Ứng viên này xác nhận rồi đóng: đó là cách nó làm việc, không phải lỗi. Khung sau gặp EOF hoặc RST trên \
             kết nối cũ thì gọi lại và gửi lại chính khung ấy. Chương trình phân biệt \"đóng sau khi đã xác nhận\" với \
             \"đóng mà chưa trả lời\" ở đâu?",
        en: "This candidate acknowledges, then closes: that is how it works, and no error. When the next frame meets \
             EOF or RST on the old connection, call again and send that very frame again. Where do you tell \"closed \
             after an acknowledgement\" from \"closed without an answer\"?",
    }

    BELIEVES_ANYTHING {
        vi: "Một lời xác nhận không phải của khung vừa gửi, mà chương trình vẫn tính. Có thể khung đã hỏng trên đường, \
             có thể đó là lời xác nhận của khung khác. So cả số lẫn checksum, ở mọi khung, kể cả lúc khởi động. \
             → Chương 21.",
        en: "An acknowledgement was not that of the frame just sent, and it was counted. The frame may have been \
             damaged on its way, or the answer may be another frame's. Compare number and checksum, for each frame, in \
             the warm-up, too. → Chapter 21.",
    }

    SILENCE_IS_A_RESULT {
        vi: "Ứng viên nhận khung rồi im lặng, không đóng. Không có hạn chót thì `read` chờ mãi. Socket này có giới hạn \
             thời gian đọc chưa, kể cả sau khi gọi lại? Hết hạn là INVALID, không phải gửi lại.",
        en: "The candidate takes the frame and says nothing, and does not close. Without a deadline `read` waits for \
             ever. Does this socket have a limit for reading, also after a second call? When it is over, the candidate \
             is INVALID, and nothing is sent again.",
    }

    CALLS_FOR_EVER {
        vi: "Ứng viên đóng mà không xác nhận, chương trình gọi lại, nó lại đóng, cứ thế. Gọi lại chỉ có nghĩa khi kết \
             nối vừa đóng đã từng xác nhận một khung; kết nối mới tinh mà đóng ngay thì là hỏng.",
        en: "The candidate closes without acknowledging, the program calls again, it closes again, and so on. Calling \
             again makes sense only if the connection that closed had acknowledged a frame; a fresh one that closes at \
             once has failed.",
    }

    REST_IS_MEASURED {
        vi: "Một ứng viên bị loại, và những ứng viên khác không còn được đo đủ. Khi bỏ một người khỏi danh sách, lượt \
             của những người còn lại có bị bỏ theo không?",
        en: "One candidate was ruled out, and the others were no longer measured in full. When you drop one from the \
             list, do the turns of the others go with it?",
    }
}
