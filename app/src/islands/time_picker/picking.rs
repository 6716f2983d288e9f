//! The time picker at work. What is chosen and what is shown stand in the page itself; this keeps
//! only what the page cannot tell. A page that lacks a part is left as it was served.

use super::meet::Meet;
use super::{list, strip};
use crate::islands::browser::{self, all, attribute, first, show};
use leptos::ev::Event;
use leptos::web_sys::Element;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The parts of the page, and what they cannot tell.
struct Picking {
    filters: Option<Element>,
    status: Element,
    strip: Element,
    form: Element,
    /// The part of the form that holds the days.
    times: Element,
    meet: RefCell<Meet>,
    /// The way to meet the list is filtered by; empty for any.
    mode: RefCell<String>,
    /// The way to meet the days were loaded with: those hold no others.
    loaded: RefCell<String>,
    /// Where the request for more days stands.
    asking: Cell<Asking>,
    /// Counts requests and changes of the filter: an answer to an older one is dropped.
    turn: Cell<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    Idle,
    Waiting,
    Failed,
}

/// Finds the form of times and answers what a person does there.
pub fn wake() {
    let Some(picking) = Picking::find().map(Rc::new) else {
        return;
    };
    if let Some(filters) = &picking.filters {
        // Another kind of appointment takes a new page, and its button; another way to meet does not.
        if first(filters, "[name=service][type=radio]").is_none()
            && let Some(button) = first(filters, "button")
        {
            show(&button, false);
        }
        let picking = Rc::clone(&picking);
        browser::listen(filters, "change", move |event| {
            if let Some(mode) = browser::input_of(&event, "mode") {
                picking.mode_changed(mode);
            }
        });
    }
    let changed = Rc::clone(&picking);
    browser::listen(&picking.form, "change", move |event| {
        if browser::input_of(&event, "start").is_some() {
            changed.draw_meet();
        }
    });
    let clicked = Rc::clone(&picking);
    browser::listen(&picking.form, "click", move |event| clicked.clicked(&event));
    picking.draw();
}

impl Picking {
    fn find() -> Option<Self> {
        let page = browser::page()?;
        let times = first(&page, "#start")?;
        let form = times.closest("form").ok()??;
        let filters = first(&page, ".filters");
        let loaded = attribute(&times, "data-mode");
        let mut meet = Meet::default();
        meet.learn(&form);
        Some(Self {
            status: first(&page, "#times-shown")?,
            strip: first(&page, ".strip")?,
            filters,
            form,
            times,
            meet: RefCell::new(meet),
            mode: RefCell::new(loaded.clone()),
            loaded: RefCell::new(loaded),
            asking: Cell::new(Asking::Idle),
            turn: Cell::new(0),
        })
    }

    fn draw(&self) {
        let mode = self.mode.borrow();
        let several = self
            .filters
            .as_ref()
            .is_some_and(|filters| first(filters, "[name=mode]").is_some());
        let count = list::filter(&self.form, &self.times, &mode, mode.is_empty() || !several);
        strip::draw(&self.strip, &self.times);
        for link in all(&self.form, "a[data-from]") {
            let _ = link.set_attribute("href", &self.address(&attribute(&link, "data-from")));
        }
        drop(mode);
        self.draw_meet();
        self.say(count);
    }

    fn draw_meet(&self) {
        self.meet.borrow().draw(&self.form, &self.mode.borrow());
    }

    /// What a screen reader hears after a filter or more days changed the list, and what the link
    /// to more days reads.
    fn say(&self, count: usize) {
        let word = |name: &str| attribute(&self.status, name);
        let (said, link) = match self.asking.get() {
            Asking::Idle => {
                let said = word("data-shown").replace("{n}", &count.to_string());
                (said, word("data-more"))
            }
            Asking::Waiting => (word("data-loading"), word("data-loading")),
            Asking::Failed => (word("data-failed"), word("data-failed")),
        };
        self.status.set_text_content(Some(&said));
        if let Some(more) = first(&self.form, list::MORE) {
            more.set_text_content(Some(&link));
        }
    }

    fn address(&self, from: &str) -> String {
        let page = attribute(&self.form, "action");
        let service = first(&self.form, "[name=service]")
            .map(|input| attribute(&input, "value"))
            .unwrap_or_default();
        let mode = self.mode.borrow();
        let address = [&page, "?service=", &service, "&mode=", &mode].concat();
        if from.is_empty() {
            address
        } else {
            [&address, "&from=", from].concat()
        }
    }

    fn mode_changed(self: &Rc<Self>, mode: String) {
        self.turn.set(self.turn.get() + 1);
        self.asking.set(Asking::Idle);
        self.mode.replace(mode);
        browser::replace_address(&self.address(""));
        let enough = {
            let loaded = self.loaded.borrow();
            loaded.is_empty() || *loaded == *self.mode.borrow()
        };
        if enough {
            self.draw();
        } else {
            self.load(String::new());
        }
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        let Some(link) = browser::around(event, list::MORE) else {
            return;
        };
        // After a failure the link is followed as a link: a whole page may get through.
        if self.asking.get() == Asking::Idle {
            event.prevent_default();
            self.load(attribute(&link, "data-from"));
        }
    }

    /// Asks for the days from `from` on; an empty `from` starts again from the first.
    fn load(self: &Rc<Self>, from: String) {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        self.asking.set(Asking::Waiting);
        self.draw();
        let picking = Rc::clone(self);
        browser::spawn(async move {
            let answer = browser::get(&picking.address(&from)).await;
            if picking.turn.get() != turn {
                return;
            }
            let page = answer.and_then(|html| browser::parse(&html)?.document_element());
            let day = page.as_ref().and_then(|page| first(page, ".day legend"));
            let taken = page.and_then(|page| picking.take(&page, from.is_empty()));
            picking.asking.set(match taken {
                Some(()) => Asking::Idle,
                None => Asking::Failed,
            });
            picking.draw();
            if let Some(day) = day.filter(|_| !from.is_empty()) {
                browser::focus(&day);
            }
        });
    }

    /// Takes the days out of another page, in place of ours or after them; nothing if it is not a
    /// page of times.
    fn take(&self, page: &Element, afresh: bool) -> Option<()> {
        let theirs = first(page, "#start")?;
        let form = theirs.closest("form").ok()??;
        self.meet.borrow_mut().learn(&form);
        list::take((&self.form, &self.times), (&form, &theirs), afresh);
        self.loaded.replace(self.mode.borrow().clone());
        Some(())
    }
}
