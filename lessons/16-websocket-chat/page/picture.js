// Pictures cross as binary messages. From us: the bytes of the file. To us: the length of a name in
// one byte, the name in UTF-8, the bytes of the file.

const LARGEST = 60 * 1024; // the server takes messages of 64 KiB
const LONGEST_SIDE = 1280; // pixels
const KINDS = [
    ['image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['image/jpeg', [0xff, 0xd8, 0xff]],
    ['image/gif', [0x47, 0x49, 0x46, 0x38]],
    ['image/webp', [0x52, 0x49, 0x46, 0x46]],
];

/** The kind of a picture by its first bytes. Nobody's word is taken for it. */
function kind(bytes) {
    return KINDS.find(([, magic]) => magic.every((byte, at) => bytes[at] === byte))?.[0];
}

// ANCHOR: unpack
/** Who sent it, how many bytes, and the picture as a Blob; no Blob when it is none that we know. */
export function unpack(buffer) {
    const length = new DataView(buffer).getUint8(0);
    const name = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(buffer, 1, length));
    const bytes = new Uint8Array(buffer, 1 + length);
    const type = kind(bytes);
    return { name, size: bytes.length, blob: type && new Blob([bytes], { type }) };
}
// ANCHOR_END: unpack

/** The file as it is when it is small enough, otherwise redrawn smaller until it is. */
export async function pack(file) {
    const first = new Uint8Array(await file.slice(0, 16).arrayBuffer());
    if (file.size <= LARGEST && kind(first)) {
        return file;
    }
    const image = await createImageBitmap(file);
    let scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    for (; ; scale *= 0.7) {
        const blob = await redraw(image, scale);
        if (blob.size <= LARGEST) {
            return blob;
        }
    }
}

function redraw(image, scale) {
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff'; // JPEG knows no transparency
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.82));
}
