//! Wakes the islands. It promises nothing but that: everything an island does is in `app::islands`,
//! and `boot.js`, beside this crate, decides when it happens.

use wasm_bindgen::prelude::wasm_bindgen;

// The islands export themselves by name; naming the crate keeps the linker from dropping them.
use app as _;

/// Starts the reactive system. `boot.js` calls it once, before the first island.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
