use std::collections::HashSet;

use bina_pustaka::app::SLICES;
use bina_pustaka::kernel::{error, validation};

#[test]
fn every_code_is_unique_and_speaks_both_languages() {
    let mut codes = HashSet::new();
    for refusal in error::REFUSALS.iter().chain(SLICES.iter().flat_map(|slice| slice.refusals)) {
        assert!(codes.insert(refusal.code), "{} stands twice", refusal.code);
        assert!(
            (400..600).contains(&refusal.status) && !refusal.id.is_empty() && refusal.id != refusal.en,
            "{}",
            refusal.code
        );
    }
    let mut codes = HashSet::new();
    for fault in validation::FAULTS.iter().chain(SLICES.iter().flat_map(|slice| slice.faults)) {
        assert!(codes.insert(fault.code), "{} stands twice", fault.code);
        assert!(!fault.id.is_empty() && fault.id != fault.en, "{}", fault.code);
    }
}

/// `wrap = "policy::X"` stands above the function of the same name, so a pasted rule fails here.
#[test]
fn every_handler_wears_its_own_rule() {
    let mut files = vec![std::path::PathBuf::from("src")];
    let mut handlers = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mut rule = None;
        for line in text.lines() {
            if let Some((_, rest)) = line.split_once("wrap = \"") {
                rule = rest.split('"').next().map(|name| name.trim_start_matches("policy::").to_lowercase());
            }
            if let (Some(name), Some((_, rest))) = (&rule, line.split_once("pub async fn ")) {
                let function = rest.split('(').next().unwrap();
                assert_eq!(function, name, "{}", path.display());
                handlers += 1;
                rule = None;
            }
        }
    }
    assert!(handlers > 40, "{handlers} handlers were looked at");
}

/// Slices reach the database and the web only through the kernel, and no slice calls one above it.
#[test]
fn chapters_know_only_those_below() {
    let order = [
        "kernel",
        "identity",
        "files",
        "staff",
        "competencies",
        "settings",
        "credits",
        "certificates",
        "programmes",
        "activities",
        "surveys",
        "mentoring",
        "learning",
        "evaluation",
        "calendars",
        "events",
        "jobs",
    ];
    for (index, slice) in order.iter().enumerate() {
        let mut files = vec![std::path::PathBuf::from(format!("src/{slice}"))];
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            for above in &order[index + 1..] {
                assert!(!text.contains(&format!("crate::{above}")), "{} knows {above}", path.display());
            }
            let name = path.file_name().unwrap().to_string_lossy();
            assert!(
                name != "service.rs" || !text.contains("actix_web::web") && !text.contains("Http"),
                "{} knows HTTP",
                path.display()
            );
            assert!(name != "handlers.rs" || !text.contains("sea_orm"), "{} knows SQL", path.display());
        }
    }
}
