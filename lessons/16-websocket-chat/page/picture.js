// Pictures are binary messages. To the server: the bytes of the file. From the server: the length of the
// sender's name in one byte, the name in UTF-8, the bytes of the file.

const MAX_SIZE = 60 * 1024; // bytes; the server accepts messages of 64 KiB
const MAX_SIDE = 1280; // pixels
const SIGNATURES = [
    ['image/png', [0x89, 0x50, 0x4e, 0x47]],
    ['image/jpeg', [0xff, 0xd8, 0xff]],
    ['image/gif', [0x47, 0x49, 0x46, 0x38]],
    ['image/webp', [0x52, 0x49, 0x46, 0x46]],
];

/** Returns the media type by the first bytes; what the sender claims does not count. */
function mediaType(bytes) {
    return SIGNATURES.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte))?.[0];
}

// ANCHOR: unpack
/** Returns the sender, the size in bytes, and the picture as a Blob; no Blob when its type is unknown. */
export function unpack(buffer) {
    const length = new DataView(buffer).getUint8(0);
    const name = new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(buffer, 1, length));
    const bytes = new Uint8Array(buffer, 1 + length);
    const type = mediaType(bytes);
    return { name, size: bytes.length, blob: type && new Blob([bytes], { type }) };
}
// ANCHOR_END: unpack

/** Returns the file itself if it is small enough, otherwise a smaller drawing of it. */
export async function pack(file) {
    const first = new Uint8Array(await file.slice(0, 16).arrayBuffer());
    if (file.size <= MAX_SIZE && mediaType(first)) {
        return file;
    }
    const image = await createImageBitmap(file);
    let scale = Math.min(1, MAX_SIDE / Math.max(image.width, image.height));
    for (; ; scale *= 0.7) {
        const blob = await redraw(image, scale);
        if (blob.size <= MAX_SIZE) {
            return blob;
        }
    }
}

function redraw(image, scale) {
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.width * scale));
    canvas.height = Math.max(1, Math.round(image.height * scale));
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff'; // JPEG has no transparency
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.82));
}
