//! mdBook's search index without the part that the book does not use.

use serde_json::Value;

/// The same script with only the texts of the index. mdBook also writes an inverted index of
/// words as English splits them, three quarters of the file; `shared/search.js` builds its own
/// from the texts. `None` when the script is not what this version of mdBook writes.
pub fn slim(script: &str) -> Option<String> {
    let (head, rest) = script.split_once("JSON.parse('")?;
    let (literal, tail) = rest.rsplit_once("')")?;
    let json = literal.replace("\\'", "'").replace("\\\\", "\\");
    let mut value: Value = serde_json::from_str(&json).ok()?;
    let index = value.get_mut("index")?.as_object_mut()?;
    index.get("documentStore")?.get("docs")?.as_object()?;
    index.retain(|part, _| part == "documentStore");
    let json = value.to_string().replace('\\', "\\\\").replace('\'', "\\'");
    Some(format!("{head}JSON.parse('{json}'){tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_stay_and_the_inverted_index_goes() {
        let script = r#"window.search = Object.assign(window.search, JSON.parse('{"doc_urls":["a"],"index":{"documentStore":{"docs":{"0":{"body":"it\'s \\"b\\\\\\n\\""}}},"index":{"body":{}}}}'));"#;
        let slim = slim(script).unwrap();
        assert!(slim.contains("it\\'s"), "{slim}");
        assert!(!slim.contains("\"body\":{}"), "{slim}");
        assert!(slim.starts_with("window.search = ") && slim.ends_with("'));"), "{slim}");
    }

    #[test]
    fn another_script_is_refused() {
        assert_eq!(slim("window.search = {}"), None);
        assert_eq!(slim("x(JSON.parse('{\"index\":{}}'))"), None);
    }
}
