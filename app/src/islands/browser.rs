//! What islands ask of the browser. On the server every question has the answer "nothing".
//! Nothing here reports an error to the caller: an island that cannot reach the server leaves the
//! page as it was served, which works.

#[cfg(feature = "hydrate")]
pub use alive::*;
#[cfg(not(feature = "hydrate"))]
pub use asleep::*;

#[cfg(feature = "hydrate")]
mod alive {
    use leptos::prelude::{document, window};
    use leptos::wasm_bindgen::{JsCast, JsValue};
    use leptos::web_sys::{Element, HtmlElement, HtmlInputElement, RequestInit, Response};
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

    /// The value of the checked radio button called `name`.
    pub fn checked(name: &str) -> Option<String> {
        let found = document()
            .query_selector(&format!("input[name={name}]:checked"))
            .ok()??;
        Some(found.dyn_into::<HtmlInputElement>().ok()?.value())
    }

    /// Name and value of the input an event comes from.
    pub fn input_of(event: &leptos::ev::Event) -> Option<(String, String)> {
        let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
        Some((input.name(), input.value()))
    }

    /// Where the link leads that an event comes from.
    pub fn link_of(event: &leptos::ev::Event) -> Option<String> {
        let element: Element = event.target()?.dyn_into().ok()?;
        element.closest("a[href]").ok()??.get_attribute("href")
    }

    /// Moves the focus to the element with this id.
    pub fn focus(id: &str) {
        if let Some(element) = document().get_element_by_id(id)
            && let Ok(element) = element.dyn_into::<HtmlElement>()
        {
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
    pub async fn get(_: &str) -> Option<String> {
        None
    }
    #[expect(
        clippy::unused_async,
        reason = "stands for the browser's fetch, which is"
    )]
    pub async fn post(_: &str) -> Option<String> {
        None
    }
    pub fn beacon(_: &str) {}
    pub fn checked(_: &str) -> Option<String> {
        None
    }
    pub fn input_of(_: &leptos::ev::Event) -> Option<(String, String)> {
        None
    }
    pub fn link_of(_: &leptos::ev::Event) -> Option<String> {
        None
    }
    pub fn focus(_: &str) {}
    pub fn replace_address(_: &str) {}
}
