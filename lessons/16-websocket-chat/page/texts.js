// The texts of the page in both languages, and the choice between them.

const TEXTS = {
    vi: {
        title: 'Phòng chat', other: 'English', retry: 'Thử ngay', leave: 'Rời phòng',
        join: 'Vào phòng', joinWhy: 'Ai mở địa chỉ này cũng vào cùng một phòng: trình duyệt, terminal, script.',
        name: 'Tên của bạn', nameRule: '1 đến 24 chữ cái, chữ số, _ hoặc -', enter: 'Vào',
        badName: 'Tên chỉ gồm 1 đến 24 chữ cái, chữ số, _ hoặc -. Không có dấu cách.',
        nameTaken: (name) => `Trong phòng đã có ${name}. Chọn tên khác nhé.`,
        log: 'Các tin trong phòng', line: 'Viết gì đó…', send: 'Gửi', picture: 'Gửi một bức ảnh', newest: 'Tin mới ↓',
        here: 'Đang ở đây', you: 'bạn', wire: 'Trên đường dây',
        wireWhy: 'Mỗi tin WebSocket đi qua, đúng như trình duyệt đưa cho trang này.',
        idle: 'Chưa kết nối', connecting: 'Đang kết nối…', open: 'Đã kết nối', waiting: 'Mất kết nối, đang thử lại',
        within: (seconds) => ` sau ${seconds} giây`,
        joined: (name) => `${name} vào phòng`, left: (name) => `${name} rời phòng`, alone: 'Mới có mình bạn trong phòng.',
        before: 'Nói trước khi bạn vào', back: 'Đã nối lại', cut: 'Mất kết nối',
        pictureFrom: (name) => `Ảnh của ${name}`, bytes: (count) => `${count.toLocaleString('vi')} byte`,
        noPicture: 'không phải ảnh mà trang này biết',
        notSent: 'Chưa kết nối: dòng này còn nguyên ở đây, chưa gửi.',
        tooLong: (count) => `Dài ${count.toLocaleString('vi')} byte; một dòng nhiều nhất 1.024 byte.`,
        notReadable: 'Không đọc được tệp này như một bức ảnh.', slow: 'Ảnh trước còn chưa đi hết. Chờ một chút.',
        refused: { 'room full': 'Phòng đã đầy, sẽ thử lại.', 'line too long': 'Server từ chối: dòng quá dài.', 'too slow': 'Máy này đọc chậm quá, server đã ngắt.', 'name taken': 'Server chưa biết kết nối cũ đã mất, tên bạn còn bị giữ.', 'the server ends': 'Server đang tắt.', 'message too big': 'Tin quá lớn: nhiều nhất 64 KiB.' },
    },
    en: {
        title: 'Chat room', other: 'Tiếng Việt', retry: 'Try now', leave: 'Leave',
        join: 'Join the room', joinWhy: 'All who open this address join the same room: browsers, terminals, scripts.',
        name: 'Your name', nameRule: '1 to 24 letters, digits, _ or -', enter: 'Enter',
        badName: 'A name is 1 to 24 letters, digits, _ or -. No spaces.',
        nameTaken: (name) => `There is a ${name} in the room. Choose another name.`,
        log: 'What is said in the room', line: 'Write something…', send: 'Send', picture: 'Send a picture', newest: 'Newest ↓',
        here: 'In the room', you: 'you', wire: 'On the wire',
        wireWhy: 'Each WebSocket message that crosses, as the browser hands it to this page.',
        idle: 'Not connected', connecting: 'Connecting…', open: 'Connected', waiting: 'Connection lost, trying again',
        within: (seconds) => ` in ${seconds} s`,
        joined: (name) => `${name} came in`, left: (name) => `${name} left`, alone: 'Nobody else is here yet.',
        before: 'Said before you came', back: 'Connected again', cut: 'Connection lost',
        pictureFrom: (name) => `Picture from ${name}`, bytes: (count) => `${count.toLocaleString('en')} bytes`,
        noPicture: 'no picture that this page knows',
        notSent: 'Not connected: the line is still here, it was not sent.',
        tooLong: (count) => `${count.toLocaleString('en')} bytes; a line holds 1,024 at most.`,
        notReadable: 'This file cannot be read as a picture.', slow: 'The last picture is still on its way. Wait a moment.',
        refused: { 'room full': 'The room is full; trying again later.', 'line too long': 'The server refused: the line is too long.', 'too slow': 'This machine reads too slowly; the server cut it off.', 'name taken': 'The server still believes in the old connection, which holds your name.', 'the server ends': 'The server is shutting down.', 'message too big': 'Too big: 64 KiB at most.' },
    },
};

/** Returns what the reader chose earlier; a browser may forbid storage. */
export function remembered(key) {
    try { return localStorage.getItem(key); } catch { return null; }
}

export function remember(key, value) {
    try { localStorage.setItem(key, value); } catch { /* kept only while the page is open */ }
}

const chosen = remembered('lang');
let lang = TEXTS[chosen] ? chosen : navigator.language.startsWith('vi') ? 'vi' : 'en';

export const texts = () => TEXTS[lang];
export const language = () => lang;

/** Puts all fixed texts into the page; with `toOther`, in the other language, which is remembered. */
export function translate(toOther = false) {
    if (toOther) {
        lang = lang === 'vi' ? 'en' : 'vi';
        remember('lang', lang);
    }
    document.documentElement.lang = lang;
    document.title = texts().title;
    for (const one of document.querySelectorAll('[data-text]')) one.textContent = texts()[one.dataset.text];
    for (const one of document.querySelectorAll('[data-label]')) one.setAttribute('aria-label', texts()[one.dataset.label]);
    for (const one of document.querySelectorAll('[data-placeholder]')) one.placeholder = texts()[one.dataset.placeholder];
    // Texts that were added to the log later translate themselves.
    for (const one of document.querySelectorAll('[data-translated]')) one.dispatchEvent(new Event('translate'));
    const other = document.getElementById('language');
    other.textContent = texts().other;
    other.lang = lang === 'vi' ? 'en' : 'vi';
}
