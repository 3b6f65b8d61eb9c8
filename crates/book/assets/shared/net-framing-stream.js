// What <net-framing> says and how it reads a stream: sentences, decoder, parser. The element itself
// is in net-framing.js, which comes after this file.
(() => {
    'use strict';

    const MOST_BYTES = 40; // more do not fit a screen
    const MOST_IN_FRAME = 1024; // the limit of the decoder, as in lesson 04
    const LENGTH_BYTES = 4;

    const TEXT = {
        vi: {
            title: (reads) => `Một lần ghi, ${reads} lần đọc`,
            stream: 'Luồng byte. Bấm vào giữa hai byte để cắt, kéo vết cắt để dời.',
            gap: (n, cut) => `Giữa byte ${n} và ${n + 1}: ${cut ? 'một lần đọc kết thúc ở đây' : 'không cắt'}`,
            back: 'Lùi', next: 'Đọc tiếp', start: 'Từ đầu',
            once: 'Một lần đọc', each: 'Từng byte', shuffle: 'Cắt ngẫu nhiên',
            naive: 'Coi mỗi lần đọc là một tin', framed: 'Đọc độ dài, rồi lấy đúng ngần ấy',
            moral: 'Cắt lại kiểu khác: chương trình thứ nhất thấy khác đi, chương trình thứ hai thì không.',
            nothing: 'chưa có gì', buffer: 'Trong bộ đệm', empty: 'trống', emptyFrame: 'khung rỗng',
            needLength: (n) => `chờ thêm ${n} byte của độ dài`,
            needBody: (n, of) => `độ dài là ${of}, chờ thêm ${n} byte`,
            refused: (n) => `độ dài ${n.toLocaleString('vi')} vượt giới hạn ${MOST_IN_FRAME.toLocaleString('vi')}: từ chối, đóng kết nối`,
            whole: 'không thừa byte nào',
            said: (reads, of, frames) => `Đã đọc ${reads}/${of} lần, được ${frames} khung.`,
            edit: 'Các byte được ghi (hex)', reset: 'Trả lại như cũ',
            badByte: (word) => `“${word}” không phải một byte. Mỗi byte là hai chữ số hex, như 6f.`,
            tooMany: `Nhiều nhất ${MOST_BYTES} byte.`, tooFew: 'Cần ít nhất một byte.',
        },
        en: {
            title: (reads) => `One write, ${reads} ${reads === 1 ? 'read' : 'reads'}`,
            stream: 'The stream. Click between two bytes to cut, drag a cut to move it.',
            gap: (n, cut) => `Between bytes ${n} and ${n + 1}: ${cut ? 'a read ends here' : 'no cut'}`,
            back: 'Back', next: 'Next read', start: 'From the start',
            once: 'One read', each: 'Byte by byte', shuffle: 'Cut at random',
            naive: 'Takes each read for a message', framed: 'Reads a length, then that many bytes',
            moral: 'Cut elsewhere: what the first program sees changes, what the second sees never does.',
            nothing: 'nothing yet', buffer: 'In the buffer', empty: 'empty', emptyFrame: 'an empty frame',
            needLength: (n) => `waits for ${n} more ${n === 1 ? 'byte' : 'bytes'} of the length`,
            needBody: (n, of) => `the length is ${of}, waits for ${n} more ${n === 1 ? 'byte' : 'bytes'}`,
            refused: (n) => `a length of ${n.toLocaleString('en')} is over the limit of ${MOST_IN_FRAME.toLocaleString('en')}: refused, connection closed`,
            whole: 'not one byte over',
            said: (reads, of, frames) => `${reads} of ${of} reads done, ${frames} ${frames === 1 ? 'frame' : 'frames'} so far.`,
            edit: 'The bytes that are written (hex)', reset: 'As it was',
            badByte: (word) => `“${word}” is no byte. Each byte is two hex digits, such as 6f.`,
            tooMany: `At most ${MOST_BYTES} bytes.`, tooFew: 'At least one byte is needed.',
        },
    };

    const hex = (byte) => byte.toString(16).padStart(2, '0');
    const printable = (bytes) => new TextDecoder().decode(Uint8Array.from(bytes)).replace(/[\p{C}\ufffd]/gu, '·');

    // The frames in `bytes`, and what the decoder does with the rest. `role[i]` is the part of byte i.
    function decode(bytes) {
        const frames = [];
        const role = [];
        let at = 0;
        while (at < bytes.length) {
            const rest = bytes.length - at;
            if (rest < LENGTH_BYTES) {
                bytes.slice(at).forEach(() => role.push('length'));
                return { frames, role, left: bytes.slice(at), needLength: LENGTH_BYTES - rest };
            }
            const length = bytes.slice(at, at + LENGTH_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
            role.push('length', 'length', 'length', 'length');
            if (length > MOST_IN_FRAME) {
                bytes.slice(at + LENGTH_BYTES).forEach(() => role.push('refused'));
                return { frames, role, left: bytes.slice(at), refused: length };
            }
            const body = bytes.slice(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
            body.forEach(() => role.push(frames.length % 2 ? 'odd' : 'even'));
            if (body.length < length) {
                return { frames, role, left: bytes.slice(at), needBody: length - body.length, length };
            }
            frames.push(body);
            at += LENGTH_BYTES + length;
        }
        return { frames, role, left: [] };
    }

    // Two hex digits a byte, with or without spaces between: the bytes, or what is wrong.
    function parse(text, t) {
        const bytes = [];
        for (const word of text.trim().split(/[\s,]+/).filter(Boolean)) {
            if (!/^([0-9a-f]{2})+$/i.test(word)) {
                return { error: t.badByte(word) };
            }
            for (const pair of word.match(/../g)) {
                bytes.push(parseInt(pair, 16));
            }
        }
        if (bytes.length === 0) {
            return { error: t.tooFew };
        }
        return bytes.length > MOST_BYTES ? { error: t.tooMany } : { bytes };
    }

    // Five reads of different sizes, whatever the number of bytes.
    function fiveReads(count) {
        const shares = [0.12, 0.3, 0.52, 0.86];
        return new Set(shares.map((share) => Math.round(share * count)).filter((cut) => cut > 0 && cut < count));
    }

    window.netFraming = { TEXT, hex, printable, decode, parse, fiveReads };
})();
