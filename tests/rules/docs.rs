//! What the pages say is what the program does.

use std::collections::BTreeMap;
use std::process::Command;

/// A setting: its variable and its default, empty where it has none.
type Setting = (String, String);

fn told_by_help() -> BTreeMap<String, Setting> {
    let help = Command::new(env!("CARGO_BIN_EXE_bina")).args(["serve", "--help"]).output().unwrap();
    let mut settings = BTreeMap::new();
    let mut flag = String::new();
    for line in String::from_utf8(help.stdout).unwrap().lines().map(str::trim) {
        if let Some(name) = line.strip_prefix("--") {
            flag = format!("--{}", name.split_whitespace().next().unwrap());
            settings.insert(flag.clone(), Setting::default());
        }
        let within = |start: &str| line.strip_prefix(start).and_then(|rest| rest.strip_suffix(']'));
        if let Some(variable) = within("[env: ") {
            variable.split('=').next().unwrap().clone_into(&mut settings.get_mut(&flag).unwrap().0);
        }
        if let Some(default) = within("[default: ") {
            default.clone_into(&mut settings.get_mut(&flag).unwrap().1);
        }
    }
    settings.remove("-h,");
    settings
}

fn told_by_the_page() -> BTreeMap<String, Setting> {
    let page = std::fs::read_to_string("docs/configuration.md").unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `--"));
    let plain = |cell: &str| cell.trim().trim_matches('`').to_owned();
    rows.map(|row| {
        let cells: Vec<_> = row.split('|').map(plain).collect();
        // What stands without a mark of code is told in words: the program has no value for it.
        let default = if row.split('|').nth(3).unwrap().contains('`') { cells[3].clone() } else { String::new() };
        (cells[1].clone(), (cells[2].clone(), default))
    })
    .collect()
}

#[test]
fn the_page_of_settings_is_what_the_program_says() {
    let (help, page) = (told_by_help(), told_by_the_page());
    for (flag, setting) in &help {
        assert_eq!(page.get(flag), Some(setting), "docs/configuration.md on {flag}");
    }
    assert_eq!(page.len(), help.len(), "docs/configuration.md has settings that `bina serve` does not know");
}

/// Every address that the README and the guide name is served.
#[test]
fn addresses_of_the_pages_exist() {
    let known: Vec<_> = super::operations::operations().iter().map(|operation| operation.path).collect();
    for page in ["README.md", "docs/api.md", "docs/operations.md"] {
        let text = std::fs::read_to_string(page).unwrap().replace("$api/", "/api/v1/");
        for start in text.match_indices("/api/v1/").map(|(start, _)| start) {
            let path: String = text[start..].chars().take_while(|letter| !" \"`'?\n,;)…".contains(*letter)).collect();
            let path = path.trim_end_matches('.');
            let fits = |template: &str| {
                template.split('/').count() == path.split('/').count()
                    && template.split('/').zip(path.split('/')).all(|(known, given)| {
                        known == given || known.starts_with('{') && (given.starts_with(['{', '$']) || given.len() == 36)
                    })
            };
            assert!(known.iter().any(|template| fits(template)), "{page} names {path}");
        }
    }
}
