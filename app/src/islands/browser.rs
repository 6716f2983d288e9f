//! What islands ask of the browser. On the server, what the hold timer asks has the answer "nothing";
//! the rest is asked only where there is a browser.
//! Nothing here reports an error to the caller: an island that cannot reach the server leaves the
//! page as it was served, which works.

#[cfg(feature = "hydrate")]
pub use alive::*;
#[cfg(not(feature = "hydrate"))]
pub use asleep::*;

#[cfg(feature = "hydrate")]
mod alive {
    use leptos::prelude::{document, window};
    use leptos::wasm_bindgen::closure::Closure;
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use leptos::web_sys::{
        Document, DomParser, Element, Event, HtmlElement, HtmlInputElement, RequestInit, Response,
        SupportedType,
    };
    use wasm_bindgen_futures::JsFuture;

    /// Milliseconds since some fixed instant.
    pub fn now() -> f64 {
        js_sys::Date::now()
    }

    /// Runs `task` in the background.
    pub fn spawn(task: impl Future<Output = ()> + 'static) {
        wasm_bindgen_futures::spawn_local(task);
    }

    /// The body of the answer to a GET, if it is a success.
    pub async fn get(url: &str) -> Option<String> {
        ask(url, "GET").await
    }

    /// The body of the answer to an empty POST, if it is a success.
    pub async fn post(url: &str) -> Option<String> {
        ask(url, "POST").await
    }

    async fn ask(url: &str, method: &str) -> Option<String> {
        let how = RequestInit::new();
        how.set_method(method);
        let answer = JsFuture::from(window().fetch_with_str_and_init(url, &how))
            .await
            .ok()?;
        let answer: Response = answer.dyn_into().ok()?;
        if !answer.ok() {
            return None;
        }
        JsFuture::from(answer.text().ok()?).await.ok()?.as_string()
    }

    /// Sends an empty POST that outlives the page.
    pub fn beacon(url: &str) {
        let _ = window().navigator().send_beacon(url);
    }

    /// The element around everything on this page.
    pub fn page() -> Option<Element> {
        document().document_element()
    }

    /// The page that `html` describes. Nothing of it is loaded or run.
    pub fn parse(html: &str) -> Option<Document> {
        DomParser::new()
            .ok()?
            .parse_from_string(html, SupportedType::TextHtml)
            .ok()
    }

    /// The first element inside `root` that `selector` means.
    pub fn first(root: &Element, selector: &str) -> Option<Element> {
        root.query_selector(selector).ok()?
    }

    /// Every element inside `root` that `selector` means, in the order of the page.
    pub fn all(root: &Element, selector: &str) -> Vec<Element> {
        let Ok(found) = root.query_selector_all(selector) else {
            return Vec::new();
        };
        (0..found.length())
            .filter_map(|at| found.get(at)?.dyn_into().ok())
            .collect()
    }

    /// A new element with a text in it, not yet on the page.
    pub fn element(tag: &str, text: &str) -> Option<Element> {
        let element = document().create_element(tag).ok()?;
        element.set_text_content(Some(text));
        Some(element)
    }

    /// The value of an attribute; empty if there is none.
    pub fn attribute(element: &Element, name: &str) -> String {
        element.get_attribute(name).unwrap_or_default()
    }

    /// Shows or hides an element.
    pub fn show(element: &Element, on: bool) {
        let _ = element.toggle_attribute_with_force("hidden", !on);
    }

    /// Calls `act` for every event called `name` in `element`, as long as the page lives.
    pub fn listen(element: &Element, name: &str, act: impl Fn(Event) + 'static) {
        let act = Closure::<dyn Fn(Event)>::new(act);
        let _ = element.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
        act.forget();
    }

    /// The value of the checked radio button called `name` inside `root`.
    pub fn checked(root: &Element, name: &str) -> Option<String> {
        let found = first(root, &["[name=", name, "]:checked"].concat())?;
        Some(attribute(&found, "value"))
    }

    /// Checks or unchecks a radio button.
    pub fn set_checked(input: &Element, on: bool) {
        if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
            input.set_checked(on);
        }
    }

    /// The value of the input an event comes from, if it is called `name`.
    pub fn input_of(event: &Event, name: &str) -> Option<String> {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        (input.name() == name).then(|| input.value())
    }

    /// The innermost element around where an event comes from that `selector` means.
    pub fn around(event: &Event, selector: &str) -> Option<Element> {
        let element: Element = event.target()?.dyn_into().ok()?;
        element.closest(selector).ok()?
    }

    /// Where the link leads that an event comes from.
    pub fn link_of(event: &Event) -> Option<String> {
        around(event, "a[href]")?.get_attribute("href")
    }

    /// Moves the focus to an element.
    pub fn focus(element: &Element) {
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
    }

    /// Replaces the address of this page, without loading anything.
    pub fn replace_address(url: &str) {
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(url));
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod asleep {
    pub fn now() -> f64 {
        0.0
    }
    pub fn spawn(_: impl Future<Output = ()> + 'static) {}
    #[expect(
        clippy::unused_async,
        reason = "stands for the browser's fetch, which is"
    )]
    pub async fn post(_: &str) -> Option<String> {
        None
    }
    pub fn beacon(_: &str) {}
    pub fn link_of(_: &leptos::ev::Event) -> Option<String> {
        None
    }
}
