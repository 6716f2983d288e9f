//! The islands. (To be written.)
