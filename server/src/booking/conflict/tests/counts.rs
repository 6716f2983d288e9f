//! The number in the list of checks is that of the check's own page, whenever the other name came in.

use super::*;
use crate::desk::conflicts;

#[tokio::test]
async fn the_list_counts_names_that_came_in_after_the_check_was_opened() {
    for test in worlds().await {
        let checker = Standing {
            staff: StaffId(test.context.id()),
            grants: vec![Grant {
                role: Role::ConflictChecker,
                clinic: Some("law".into()),
            }],
        };
        let listed = |list: app::view::Conflicts| -> Vec<(String, usize)> {
            let lines = list.cases.into_iter();
            lines.map(|one| (one.reference, one.matches)).collect()
        };
        let other = [(Side::OtherSide, "Sample Landlord")];
        let first = book(&test, "law-first", "Zuleika Example", &other, NINE()).await;
        let before = listed(conflicts(&test.context, &checker).await.unwrap());
        assert_eq!(before, [(first.reference.clone(), 0)]);
        let others = [
            (Side::OtherSide, "Zuleika Example"),
            (Side::Former, "Landlord Sample"),
        ];
        let later = NINE() + TimeDelta::hours(3);
        book(&test, "law-first", "Boris Nobody", &others, later).await;
        let after = listed(conflicts(&test.context, &checker).await.unwrap());
        assert_eq!(after.len(), 2);
        for (reference, count) in after {
            assert_eq!(count, found(&test, &reference).await.len(), "{reference}");
            assert_eq!(count, 2, "{reference}");
        }
    }
}
