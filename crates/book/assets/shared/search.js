// Search that knows Vietnamese: "dia chi" finds "địa chỉ". A classic script, which must run before
// mdBook's searcher: that one loads the index as soon as a page is opened with ?search=…
//
// mdBook's index splits words as English does. This one is built from the texts that mdBook's
// index carries: each word as it is written, and folded (marks removed, đ to d).
(() => {
    'use strict';
    if (!window.elasticlunr) {
        return;
    }

    const TITLE_WEIGHT = 3; // a word in a heading counts as three in the text
    const PREFIX_WEIGHT = 0.3; // the beginning of a word counts less than the word
    const PHRASE_WEIGHT = 3; // words that stand side by side, as typed

    const strip = (text) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');
    const folded = new Map();
    const fold = (word) => {
        let made = folded.get(word);
        if (made === undefined) {
            folded.set(word, made = strip(word));
        }
        return made;
    };
    const words = (text) => String(text ?? '').normalize('NFC').toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

    // word -> (document -> how much it says)
    function postings(docs) {
        const index = new Map();
        const put = (word, id, weight) => {
            let entry = index.get(word);
            if (!entry) {
                index.set(word, entry = new Map());
            }
            entry.set(id, (entry.get(id) ?? 0) + weight);
        };
        for (const [id, doc] of Object.entries(docs)) {
            for (const [text, weight] of [[doc.title, TITLE_WEIGHT], [doc.body, 1]]) {
                for (const word of words(text)) {
                    put(word, id, weight);
                    if (fold(word) !== word) {
                        put(fold(word), id, weight);
                    }
                }
            }
        }
        return index;
    }

    function makeIndex(docs) {
        const count = Object.keys(docs).length;
        const index = postings(docs);
        const terms = [...index.keys()].sort();

        // document -> score of one word; with `open`, words that begin with it count too.
        function lookUp(word, open) {
            const found = new Map();
            const add = (term, weight) => {
                const entry = index.get(term);
                const rarity = Math.log(1 + count / entry.size);
                for (const [id, amount] of entry) {
                    const score = weight * rarity * Math.sqrt(amount);
                    found.set(id, Math.max(found.get(id) ?? 0, score));
                }
            };
            if (index.has(word)) {
                add(word, 1);
            }
            if (open && word.length > 1) {
                let low = 0;
                let high = terms.length;
                while (low < high) {
                    const middle = (low + high) >> 1;
                    if (terms[middle] < word) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                for (; low < terms.length && terms[low].startsWith(word); low++) {
                    if (terms[low] !== word) {
                        add(terms[low], PREFIX_WEIGHT);
                    }
                }
            }
            return found;
        }

        // Documents that have every word; the last may still be growing under the reader's fingers.
        function run(query) {
            let all = null;
            query.forEach((word, n) => {
                const found = lookUp(word, n === query.length - 1);
                if (all === null) {
                    all = found;
                    return;
                }
                for (const [id, score] of all) {
                    if (found.has(id)) {
                        all.set(id, score + found.get(id));
                    } else {
                        all.delete(id);
                    }
                }
            });
            const phrase = ' ' + query.join(' ');
            const marked = strip(phrase) !== phrase;
            return [...(all ?? [])].map(([id, score]) => {
                const text = ' ' + words(docs[id].title + ' ' + docs[id].body).join(' ');
                const together = (marked ? text : strip(text)).includes(phrase);
                return [id, together ? score * PHRASE_WEIGHT : score];
            });
        }

        return {
            search(text) {
                const query = words(text);
                if (query.length === 0) {
                    return [];
                }
                // Marks that were typed count, unless nothing has them.
                let found = run(query);
                if (found.length === 0) {
                    found = run(query.map(fold));
                }
                found.sort((a, b) => b[1] - a[1]);
                return found.map(([ref, score]) => ({ ref, score, doc: docs[ref] }));
            },
        };
    }

    elasticlunr.Index.load = (dump) => makeIndex(dump.documentStore.docs);
    // The searcher marks words in its excerpts with this function: let it compare folded words.
    // What folds to nothing must begin with nothing, or every word would be marked.
    elasticlunr.stemmer = (word) => fold(word).replace(/^[^\p{L}\p{N}_]+|[^\p{L}\p{N}_]+$/gu, '') || '\u0000';
})();
