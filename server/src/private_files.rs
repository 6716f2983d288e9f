//! Files that hold what people told us: for the owner of the process alone, whatever the system's usual mode is.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;

/// Makes the folder, and those above it, if they are not there. One that is there keeps its mode.
pub fn folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes an empty file if there is none. What a database puts beside it takes its mode from it.
pub fn file(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[tokio::test]
    async fn a_new_database_can_be_read_by_its_owner_alone() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("data/clinics.db");
        let url = format!("sqlite:{}", path.display());
        let store = crate::store::open(&url).await.unwrap();
        store.migrate().await.unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        for beside in ["", "-wal", "-shm"] {
            let file = format!("{}{beside}", path.display());
            assert_eq!(mode(Path::new(&file)), 0o600, "{file}");
        }
        store.close().await;
        assert!(!Path::new(&format!("{}-wal", path.display())).exists());
    }
}
