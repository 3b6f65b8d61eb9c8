//! The frames that the lab sends: pictures as a camera might give them, made from a seed in each run.

use std::fs;
use std::path::Path;

use jpeg_encoder::{ColorType, Encoder};

/// A kind of frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Payload {
    /// As in file names and tables.
    pub(crate) name: &'static str,
    width: u16,
    height: u16,
    compressed: bool,
    /// How many different ones are sent in turn: enough that no server can know the next checksum by
    /// heart without reading, few enough to stay in memory.
    different: usize,
}

/// A JPEG of 640 × 480, about 50 KB: what a web camera sends.
pub(crate) const JPEG: Payload = Payload { name: "jpeg", width: 640, height: 480, compressed: true, different: 8 };
/// 640 × 480 as plain RGB, 921,600 bytes.
pub(crate) const VGA: Payload = Payload { name: "vga", width: 640, height: 480, compressed: false, different: 4 };
/// 1920 × 1080 as plain RGB, 6,220,800 bytes.
pub(crate) const HD: Payload = Payload { name: "hd", width: 1920, height: 1080, compressed: false, different: 2 };

/// The largest frame of the lab, in bytes.
pub(crate) const LARGEST: usize = HD.width as usize * HD.height as usize * 3;

/// The kinds of the main table.
pub(crate) const PAYLOADS: [Payload; 3] = [JPEG, VGA, HD];

/// Sizes of the sweep in bytes: payloads of random bytes, from a few words to a large picture.
pub(crate) const SWEEP: [usize; 7] = [64, 1 << 10, 1 << 13, 1 << 16, 1 << 18, 1 << 20, 1 << 22];

/// The kind's name of a size of the sweep.
pub(crate) fn sweep_name(bytes: usize) -> String {
    format!("sweep{bytes}")
}

/// JPEG quality at which the picture below has about 50 KB.
const QUALITY: u8 = 78;

/// Writes all frames into the folder; gives the payload's length of each kind of [`PAYLOADS`].
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn write(folder: &Path, seed: u64) -> Result<[usize; PAYLOADS.len()], String> {
    let mut random = Random::new(seed);
    let mut lengths = [0; PAYLOADS.len()];
    for (kind, length) in PAYLOADS.into_iter().zip(&mut lengths) {
        for turn in 0..kind.different {
            let pixels = picture(kind.width, kind.height, &mut random);
            let payload = if kind.compressed { compress(kind, &pixels)? } else { pixels };
            *length = (*length).max(payload.len());
            put(folder, kind.name, turn, &payload)?;
        }
    }
    for bytes in SWEEP {
        for turn in 0..2 {
            put(folder, &sweep_name(bytes), turn, &random.bytes(bytes))?;
        }
    }
    Ok(lengths)
}

/// A JPEG of 640 × 480 as the lab sends it, about 50 KB.
///
/// # Errors
/// When it cannot be encoded.
pub fn jpeg(seed: u64) -> Result<Vec<u8>, String> {
    compress(JPEG, &picture(JPEG.width, JPEG.height, &mut Random::new(seed)))
}

fn put(folder: &Path, kind: &str, turn: usize, payload: &[u8]) -> Result<(), String> {
    let file = folder.join(format!("{kind}-{turn}.bin"));
    fs::write(&file, payload).map_err(|why| format!("{}: {why}", file.display()))
}

fn compress(kind: Payload, pixels: &[u8]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    let encoder = Encoder::new(&mut out, QUALITY);
    encoder.encode(pixels, kind.width, kind.height, ColorType::Rgb).map_err(|why| why.to_string())?;
    Ok(out)
}

/// A sky, a ground, a disc somewhere, and the grain of a sensor: smooth enough to compress, not so smooth
/// that it is unlike a photograph.
fn picture(width: u16, height: u16, random: &mut Random) -> Vec<u8> {
    let (width, height) = (usize::from(width), usize::from(height));
    let radius = (height / 5) as i64;
    let (x0, y0) = (random.below(width as u64) as i64, random.below(height as u64) as i64);
    // A stretch of grain, longer than a row, that each row starts elsewhere in: cheap, and nowhere the same twice.
    let grain: Vec<u8> = random.bytes(4 * width).into_iter().map(|byte| byte % 25).collect();
    let mut pixels = Vec::with_capacity(width * height * 3);
    for y in 0..height {
        let ground = y * 5 >= height * 3;
        let half = (radius * radius - (y as i64 - y0).pow(2)).max(0).isqrt();
        let grain = &grain[random.below(3 * width as u64) as usize..];
        for (x, grain) in grain[..width].iter().enumerate() {
            let colour = if (x as i64 - x0).abs() < half {
                [230, 120, 60]
            } else if ground {
                [60 + (80 * x / width) as u8, 130, 70]
            } else {
                [90, 140 + (60 * y / height) as u8, 220]
            };
            pixels.extend_from_slice(&[colour[0] + grain, colour[1] + grain, colour[2] + grain]);
        }
    }
    pixels
}

/// splitmix64 (Steele, Lea and Flood 2014): the same numbers for the same seed.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, not including, `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(count + 8);
        while bytes.len() < count {
            bytes.extend(self.next().to_le_bytes());
        }
        bytes.truncate(count);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn write_makes_a_jpeg_of_about_50_kilobytes() {
        let folder = tempfile::tempdir().unwrap();
        let lengths = write(folder.path(), 7).unwrap();
        let payload = fs::read(folder.path().join("jpeg-0.bin")).unwrap();
        assert!(payload.starts_with(&[0xff, 0xd8]) && payload.ends_with(&[0xff, 0xd9]));
        assert!((45_000..55_000).contains(&lengths[0]), "{} bytes", lengths[0]);
        assert_eq!(lengths[1..], [921_600, 6_220_800]);
    }

    #[test]
    fn write_makes_different_frames_and_the_same_for_a_seed() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(one.path(), 7).unwrap();
        write(two.path(), 7).unwrap();
        let read = |folder: &tempfile::TempDir, name: &str| fs::read(folder.path().join(name)).unwrap();
        assert_ne!(read(&one, "vga-0.bin"), read(&one, "vga-1.bin"));
        assert_eq!(read(&one, "vga-1.bin"), read(&two, "vga-1.bin"));
    }
}
