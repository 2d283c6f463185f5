//! Column headings of node-reference tables, in the languages that partner teams write.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::column::{ColumnNames, Columns};
use crate::map::title;
use crate::source::{Located, Part as _};

/// A meaning: where its column is kept, what the page calls it, and what people call it.
pub(super) struct Meaning {
    pub(super) slot: fn(&mut Columns) -> &mut Option<usize>,
    pub(super) given: fn(&ColumnNames) -> &Option<Located<String>>,
    /// Its key in front matter.
    pub(super) key: &'static str,
    /// English: may stand anywhere in a heading, as in `Playbook stage`.
    english: &'static [&'static str],
    /// German, French, Spanish, Portuguese, Italian and Dutch, without accents: a heading begins with them.
    others: &'static [&'static str],
}

/// The meaning of a column of ids.
pub(super) fn id() -> &'static Meaning {
    let [_, _, id, ..] = &MEANINGS;
    id
}

/// The meaning of a column of titles.
pub(super) fn step() -> &'static Meaning {
    let [.., step] = &MEANINGS;
    step
}

/// Earlier meanings take their column first: `First action` is no step, `Next step` neither.
#[rustfmt::skip]
pub(super) static MEANINGS: [Meaning; 7] = [
    Meaning {
        slot: |c| &mut c.first_action,
        given: |n| &n.first_action,
        key: "first_action",
        english: &[
            "first action", "action", "actions", "start with", "start here", "click target", "open", "link", "links",
            "doc", "docs", "document", "documents", "template", "target", "read first",
        ],
        others: &[
            // German
            "erste handlung", "erste aktion", "erste massnahme", "erster schritt", "handlung", "aktion", "massnahme",
            "start mit", "beginne mit", "beginnen mit", "dokument", "dokumente", "unterlage", "vorlage", "verweis",
            "offnen", "oeffnen", "klickziel",
            // French
            "premiere action", "premiere etape", "premier document", "commencer par", "modele", "lien", "liens", "ouvrir",
            // Spanish
            "primera accion", "primer paso", "primer documento", "accion", "acciones", "documento", "documentos",
            "plantilla", "enlace", "enlaces", "empezar con", "empezar por", "abrir",
            // Portuguese
            "primeira acao", "primeira accao", "primeiro passo", "acao", "accao", "acoes", "modelo", "ligacao",
            "comecar com", "comecar por",
            // Italian
            "prima azione", "primo passo", "azione", "azioni", "documenti", "modello", "collegamento", "inizia con",
            "iniziare da", "aprire",
            // Dutch
            "eerste actie", "eerste handeling", "eerste stap", "actie", "acties", "handeling", "documenten", "sjabloon",
            "koppeling", "begin met", "openen",
        ],
    },
    Meaning {
        slot: |c| &mut c.next,
        given: |n| &n.next,
        key: "next",
        english: &["next", "then", "leads to", "followed by", "goes to"],
        others: &[
            "nachste", "nachster", "nachstes", "naechste", "naechster", "naechstes", "danach", "dann", "folgt", "folge",
            "folgeschritt", "weiter", "weiter mit", "weiter zu", "fuhrt zu", "fuehrt zu", "gefolgt von", "nachfolger",
            "anschliessend",
            "suivant", "suivante", "suivants", "suivantes", "suite", "ensuite", "puis", "prochain", "prochaine",
            "prochaines", "etape suivante", "etapes suivantes", "mene a",
            "siguiente", "siguientes", "paso siguiente", "proximo", "proximos", "luego", "despues", "lleva a",
            "seguinte", "seguintes", "passo seguinte", "proxima", "proximas", "depois", "a seguir", "leva a",
            "successivo", "successiva", "successivi", "passo successivo", "prossimo", "prossima", "prossimi", "poi",
            "dopo", "seguente", "porta a",
            "volgende", "volgend", "vervolg", "vervolgens", "daarna", "leidt tot", "leidt naar", "gevolgd door",
        ],
    },
    Meaning {
        slot: |c| &mut c.id,
        given: |n| &n.id,
        key: "id",
        english: &["", "id", "node", "node id", "step id", "key", "box", "nr", "no"],
        others: &[
            "nummer", "lfd nr", "kennung", "kurzel", "kuerzel", "knoten", "schritt nr", "schritt id", "schlussel",
            "n", "num", "numero", "noeud", "identifiant", "cle", "repere", "reference",
            "nodo", "identificador", "clave", "chave", "identificativo", "chiave",
            "knoop", "knooppunt", "stap nr", "stapnummer", "sleutel",
        ],
    },
    Meaning {
        slot: |c| &mut c.lane,
        given: |n| &n.lane,
        key: "lane",
        english: &[
            "who", "lane", "owner", "responsibility", "responsible", "role", "team", "actor", "swimlane", "party",
            "owned by",
        ],
        others: &[
            "wer", "bahn", "schwimmbahn", "spur", "verantwortlich", "verantwortliche", "verantwortlicher",
            "verantwortung", "zustandig", "zustaendig", "zustandigkeit", "rolle", "akteur", "inhaber", "partei",
            "qui", "couloir", "responsable", "responsables", "responsabilite", "equipe", "acteur", "intervenant",
            "quien", "carril", "responsabilidad", "rol", "equipo", "propietario",
            "quem", "raia", "responsavel", "responsabilidade", "papel", "equipa", "ator", "dono",
            "chi", "corsia", "responsabile", "responsabilita", "ruolo", "squadra", "attore",
            "wie", "baan", "zwembaan", "verantwoordelijk", "verantwoordelijke", "verantwoordelijkheid", "eigenaar",
            "partij",
        ],
    },
    Meaning {
        slot: |c| &mut c.stage,
        given: |n| &n.stage,
        key: "stage",
        english: &["stage", "phase", "authority"],
        others: &["stufe", "etappe", "stadium", "stade", "jalon", "fase", "etapa"],
    },
    Meaning {
        slot: |c| &mut c.why,
        given: |n| &n.why,
        key: "why",
        english: &["why", "purpose", "reason", "rationale", "description"],
        others: &[
            "warum", "wozu", "weshalb", "zweck", "grund", "begrundung", "begruendung", "beschreibung", "nutzen",
            "pourquoi", "raison", "objectif", "justification",
            "por que", "porque", "motivo", "razon", "proposito", "objetivo", "descripcion",
            "razao", "finalidade", "descricao",
            "perche", "scopo", "ragione", "obiettivo", "descrizione",
            "waarom", "doel", "reden", "toelichting", "beschrijving", "omschrijving",
        ],
    },
    Meaning {
        slot: |c| &mut c.step,
        given: |n| &n.step,
        key: "step",
        english: &["step", "name", "title", "activity", "task", "label", "what"],
        others: &[
            "schritt", "schritte", "titel", "tatigkeit", "taetigkeit", "aufgabe", "aktivitat", "aktivitaet",
            "bezeichnung", "was",
            "etape", "nom", "titre", "activite", "tache", "libelle", "quoi",
            "paso", "nombre", "titulo", "actividad", "tarea", "que",
            // What is a stage in Spanish is as often a step in Portuguese.
            "passo", "etapa", "nome", "atividade", "actividade", "o que",
            "passaggio", "titolo", "attivita", "compito", "cosa",
            "stap", "naam", "activiteit", "taak", "wat",
        ],
    },
];

/// Headings of a table that says who answers for what: its roles are no lanes.
const OF_A_MATRIX: [&str; 20] = [
    "accountable",
    "consulted",
    "informed",
    "raci",
    "rasci",
    "daci",
    "approver",
    "rechenschaftspflichtig",
    "konsultiert",
    "informiert",
    "consulte",
    "informe",
    "consultado",
    "informado",
    "consultato",
    "informato",
    "geraadpleegd",
    "geinformeerd",
    "r a c i",
    "raci matrix",
];

/// How much of a heading must be a known name.
#[derive(Copy, Clone, PartialEq, Eq)]
pub(super) enum HeadingMatch {
    Whole,
    /// `Stage of the playbook`.
    Start,
    /// `Playbook stage`.
    Anywhere,
}

impl Meaning {
    /// Whether a heading of these words bears this meaning.
    pub(super) fn is_meant_by(&self, heading: &str, fit: HeadingMatch) -> bool {
        let in_english = self.english.iter().any(|name| fits(heading, name, fit));
        // Short words of one language are other words of another: `was`, `wie`, `chi`.
        let is_told_apart = |name: &str| fit == HeadingMatch::Whole || name.len() > 4;
        let start = if fit == HeadingMatch::Anywhere { HeadingMatch::Start } else { fit };
        in_english || self.others.iter().any(|name| is_told_apart(name) && fits(heading, name, start))
    }
}

/// Whether a heading bears a name, by whole words.
fn fits(heading: &str, name: &str, fit: HeadingMatch) -> bool {
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(' ');
    let starts = |heading: &str| heading.strip_prefix(name).is_some_and(ends);
    match fit {
        HeadingMatch::Whole => heading == name,
        HeadingMatch::Start => heading == name || (!name.is_empty() && starts(heading)),
        HeadingMatch::Anywhere => {
            let begins = |at: usize| at == 0 || heading.part(..at).ends_with(' ');
            !name.is_empty()
                && heading.match_indices(name).any(|(at, _)| begins(at) && ends(heading.part(at + name.len()..)))
        }
    }
}

/// The words of a heading, without accents and without the remark in parentheses: `Authority (playbook)`.
pub(super) fn words(heading: &str) -> String {
    plain(&title::words(without_remark(heading)).join(" "))
}

pub(super) fn without_remark(heading: &str) -> &str {
    heading.split('(').next().unwrap_or(heading)
}

/// Words without their accents: authors leave them out as often as they write them.
fn plain(words: &str) -> String {
    let letters = words.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    letters.replace('ß', "ss").replace('œ', "oe")
}

/// How many of these headings belong to a table of who answers for what.
pub(super) fn of_a_matrix(headings: &[String]) -> usize {
    let is_known = |heading: &&String| OF_A_MATRIX.iter().any(|name| fits(heading, name, HeadingMatch::Start));
    let letters =
        ["r", "a", "c", "i"].iter().filter(|letter| headings.iter().any(|heading| heading == *letter)).count();
    headings.iter().filter(is_known).count() + if letters > 2 { 2 } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_headings_are_read() {
        for meaning in &MEANINGS {
            for name in meaning.english.iter().chain(meaning.others) {
                assert_eq!(words(name), *name, "{}", meaning.key);
            }
        }
    }

    #[test]
    fn a_name_has_one_meaning_but_for_one() {
        let names = || MEANINGS.iter().flat_map(|meaning| meaning.english.iter().chain(meaning.others));
        let twice: Vec<&&str> = names().filter(|name| names().filter(|other| other == name).count() > 1).collect();
        assert_eq!(twice, [&"etapa", &"etapa"]);
    }
}
