//! Question sets over HTTP: who may, what comes back, and a change from the form to the visitor.

use app::view::questions::EditBase;

use super::*;
use crate::intake::intake_row;
use crate::packs::ship;
use crate::questions::{Set, open};

async fn shipped(desk: &Desk) {
    ship(&desk.test.context).await.unwrap();
    desk.app.packs.reload(&desk.app.context).await.unwrap();
}

/// The values of the form on a page, as a browser without JavaScript sends them back.
fn filled(page: &str) -> Vec<(String, String)> {
    let input = regex::Regex::new(r"<(input|textarea) ([^>]*)>([^<]*)").unwrap();
    let form = &page[page.find("class=\"question-form\"").unwrap()..];
    let form = &form[..form.find("</form>").unwrap()];
    let attribute = |tag: &str, name: &str| {
        let one = regex::Regex::new(&format!("(?:^| ){name}=\"([^\"]*)\"")).unwrap();
        one.captures(tag).map(|found| plain(&found[1]))
    };
    let mut fields = Vec::new();
    for found in input.captures_iter(form) {
        let tag = &found[2];
        let name = attribute(tag, "name").unwrap();
        if &found[1] == "textarea" {
            fields.push((name, plain(&found[3])));
            continue;
        }
        let choice = ["radio", "checkbox"].contains(&attribute(tag, "type").unwrap().as_str());
        if !choice || tag.contains(" checked") {
            fields.push((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    fields
}

fn plain(text: &str) -> String {
    let text = text.replace("&quot;", "\"").replace("&#x27;", "'");
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn encoded(fields: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(own, _)| own != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

#[tokio::test]
async fn staff_read_the_questions_of_their_clinics_and_of_no_other() {
    for desk in Desk::all().await {
        shipped(&desk).await;
        let mut adviser = desk.signed_in("Ada", &[("adviser", "sports")]).await;
        let list = adviser.get("/staff/questions").await.body;
        assert!(
            list.contains("/staff/questions/sports") && list.contains("/staff/questions/shared")
        );
        assert!(!list.contains("/staff/questions/law"));
        let page = adviser.get("/staff/questions/sports").await;
        assert_eq!(page.status, StatusCode::OK);
        for shown in [
            "How old is the person?",
            "a3-16-17",
            "A person looks first",
            "Not yet checked",
        ] {
            assert!(page.body.contains(shown), "{shown}");
        }
        assert!(!page.body.contains("/edit/") && !page.body.contains("Change the settings"));
        let signposts = adviser.get("/staff/questions/signposts").await.body;
        assert!(signposts.contains("0808 2000 247"));
        let unknown = adviser.get("/staff/questions/nowhere").await;
        for below in [
            "",
            "/draft",
            "/versions",
            "/versions/1",
            "/file",
            "/settings",
            "/edit/A3",
        ] {
            let hidden = adviser.get(&format!("/staff/questions/law{below}")).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{below}");
            assert_eq!(hidden.body, unknown.body, "{below}");
        }
        for (path, status) in [
            ("/staff/questions/sports/file", 403),
            ("/staff/questions/sports/settings", 403),
            ("/staff/questions/shared/edit/A3", 403),
            ("/staff/questions/sports/versions", 200),
        ] {
            assert_eq!(adviser.get(path).await.status, status, "{path}");
        }
        for path in [
            "file",
            "publish",
            "discard",
            "versions/1/take",
            "settings",
            "edit/A3",
        ] {
            let answer = adviser
                .post(&format!("/staff/questions/sports/{path}"), "a=b")
                .await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
    }
}

#[tokio::test]
async fn a_manager_edits_the_clinics_own_and_not_what_all_share() {
    let desk = Desk::sqlite().await;
    shipped(&desk).await;
    let mut manager = desk.signed_in("Mo", &[("manager", "sports")]).await;
    for (path, status) in [
        ("sports/file", 200),
        ("sports/settings", 200),
        ("shared/file", 403),
        ("signposts/edit/emergency", 403),
    ] {
        let answer = manager.get(&format!("/staff/questions/{path}")).await;
        assert_eq!(answer.status, status, "{path}");
    }
    let mut admin = desk.signed_in("Root", &[("administrator", "")]).await;
    for (path, status) in [
        ("signposts/edit/emergency", 200),
        ("shared/edit/A3", 200),
        ("sports/file", 404),
    ] {
        let answer = admin.get(&format!("/staff/questions/{path}")).await;
        assert_eq!(answer.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_change_goes_from_the_form_over_the_draft_to_everybody_and_past_answers_keep_their_words()
{
    for desk in Desk::all().await {
        shipped(&desk).await;
        desk.test.clock.set(monday(8));
        let pack = desk.app.packs.get(&"sports".into()).unwrap();
        let answers = serde_json::from_str(r#"{"A3":"16_17"}"#).unwrap();
        let answers = crate::domain::triage::Answers::reread(&pack, &answers);
        let assessed = crate::domain::triage::assess(
            &pack,
            &answers,
            crate::domain::time::local_date(monday(8)),
        );
        let row = intake_row(&desk.app.context, &pack, &answers, &assessed, false).unwrap();
        let booked = desk
            .book_with("sports-first", "Zelda Example", monday(10), Some(row))
            .await;

        let mut lead = desk.signed_in("Su", &[("supervisor", "sports")]).await;
        let edit = "/staff/questions/shared/edit/A3";
        let fields = filled(&lead.get(edit).await.body);
        let changed = with(fields, "text", "How old are they?");
        let saved = lead.post(edit, &encoded(&changed)).await;
        assert_eq!(
            saved.location(),
            "/staff/questions/shared/draft",
            "{}",
            saved.body
        );
        let draft = lead.get("/staff/questions/shared/draft").await.body;
        for shown in [
            "Question A3",
            "How old is the person?",
            "How old are they?",
            "The checker has found nothing",
            "Past answers: Under 5",
        ] {
            assert!(draft.contains(shown), "{shown} in {draft}");
        }
        assert!(!draft.contains("Zelda"));
        let form = filled(&draft);
        let publish = "/staff/questions/shared/publish";
        let refused = lead
            .post(publish, &encoded(&with(form.clone(), "note", "Shorter")))
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("error-summary") && refused.body.contains("Shorter"));
        let form = with(with(form, "note", "Shorter"), "read", "yes");
        let done = lead.post(publish, &encoded(&form)).await;
        assert_eq!(
            done.location(),
            "/staff/questions/shared/versions",
            "{}",
            done.body
        );
        let versions = lead.get("/staff/questions/shared/versions").await.body;
        assert!(versions.contains("Su Sample") && versions.contains("Shorter"));
        let twice = lead.post(publish, &encoded(&form)).await;
        assert_eq!(
            twice.status,
            StatusCode::SEE_OTHER,
            "nothing is left to publish"
        );

        assert_eq!(
            desk.app
                .packs
                .get(&"sports".into())
                .unwrap()
                .question(&"A3".into())
                .unwrap()
                .text,
            "How old are they?"
        );
        let past = lead
            .get(&format!("/staff/appointments/{}", booked.reference))
            .await
            .body;
        assert!(past.contains("How old is the person?") && !past.contains("How old are they?"));
    }
}

#[tokio::test]
async fn what_is_refused_comes_back_as_it_was_typed() {
    for desk in Desk::all().await {
        shipped(&desk).await;
        let mut lead = desk.signed_in("Su", &[("supervisor", "sports")]).await;
        let file = "/staff/questions/sports/file";
        let fields = filled(&lead.get(file).await.body);
        let broken = with(fields.clone(), "text", "clinic = \n# my long text");
        let answer = lead.post(file, &encoded(&broken)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer.body.contains("my long text") && answer.body.contains("Line 1 cannot be read")
        );
        // Larger than any form of the public pages.
        let long = format!("clinic = \"sports\"\n# {}\n", "x".repeat(80_000));
        let saved = lead
            .post(file, &encoded(&with(fields.clone(), "text", &long)))
            .await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        // Another editor, whose page is from before.
        let mut other = desk.signed_in("Mo", &[("manager", "sports")]).await;
        let mine = with(fields, "text", "clinic = \"sports\"\n# mine\n");
        let told = other.post(file, &encoded(&mine)).await;
        assert_eq!(told.status, StatusCode::CONFLICT);
        assert!(told.body.contains("Su Sample saved the draft") && told.body.contains("# mine"));
        let set = Set::Clinic("sports".into());
        let now = open(&desk.app.context, &set).await.unwrap().unwrap();
        assert_eq!(now.text(), long);
        // Having seen it, they may go on.
        let again = filled(&told.body);
        assert_eq!(
            other.post(file, &encoded(&again)).await.status,
            StatusCode::SEE_OTHER
        );
        let now = open(&desk.app.context, &set).await.unwrap().unwrap();
        assert_eq!(
            (now.text(), now.base()),
            (
                "clinic = \"sports\"\n# mine\n",
                EditBase {
                    in_force: 1,
                    revision: 2
                }
            )
        );
    }
}
