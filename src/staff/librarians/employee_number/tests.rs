use proptest::prelude::*;

use super::*;

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

#[test]
fn a_nip_tells_birth_appointment_sex_and_sequence() {
    assert_eq!(
        decode(NumberKind::Pns, "199203142019032005"),
        Ok(EmployeeNumber {
            kind: NumberKind::Pns,
            born_on: date(1992, 3, 14),
            appointment: Appointment::CivilServant { year: 2019, month: 3 },
            sex: Sex::Female,
            sequence: 5,
            warnings: vec![],
        })
    );
    let other = decode(NumberKind::Pns, "198507212010011003").unwrap();
    assert_eq!((other.born_on, other.sex, other.sequence), (date(1985, 7, 21), Sex::Male, 3));
}

#[test]
fn an_ni_pppk_has_a_counter_in_place_of_the_month() {
    let number = decode(NumberKind::Pppk, "199203142022212004").unwrap();
    assert_eq!(number.appointment, Appointment::Contract { year: 2022, contract_counter: 21 });
    assert_eq!((number.sex, number.sequence, number.warnings), (Sex::Female, 4, vec![]));
    assert_eq!(decode(NumberKind::Pns, "199203142022212004"), Err(EmployeeNumberError::AppointmentMonth));
}

#[test]
fn every_reason_has_its_own_error() {
    for (number, reason) in [
        ("", EmployeeNumberError::Length),
        ("19920314201903200", EmployeeNumberError::Length),
        ("1992031420190320055", EmployeeNumberError::Length),
        ("19920314 201903 2 005", EmployeeNumberError::Length),
        ("19920314201903200A", EmployeeNumberError::NotDigits),
        ("19920314201903200٥", EmployeeNumberError::NotDigits),
        ("+99203142019032005", EmployeeNumberError::NotDigits),
        ("199213142019032005", EmployeeNumberError::BirthDate),
        ("199202302019032005", EmployeeNumberError::BirthDate),
        ("199302292019032005", EmployeeNumberError::BirthDate),
        ("189912312019032005", EmployeeNumberError::BirthDate),
        ("199203142019132005", EmployeeNumberError::AppointmentMonth),
        ("199203142019002005", EmployeeNumberError::AppointmentMonth),
        ("199203141991032005", EmployeeNumberError::AppointmentAge),
        ("199203142019033005", EmployeeNumberError::Sex),
        ("199203142019030005", EmployeeNumberError::Sex),
        ("199203142019032000", EmployeeNumberError::Sequence),
    ] {
        assert_eq!(decode(NumberKind::Pns, number), Err(reason), "{number:?}");
    }
    assert!(decode(NumberKind::Pns, "199602292019032005").is_ok(), "a leap day is a birthday");
}

#[test]
fn the_age_at_appointment_has_a_hard_and_a_soft_range() {
    let unusual = vec![EmployeeNumberWarning::UnusualAppointmentAge];
    // Born 2 March 1990: on 1 March of a year still one year younger than from April on.
    for (appointed, expected) in [
        ("200603", Err(EmployeeNumberError::AppointmentAge)),
        ("200604", Ok(unusual.clone())),
        ("200803", Ok(unusual.clone())),
        ("200804", Ok(vec![])),
        ("202603", Ok(vec![])),
        ("202604", Ok(unusual.clone())),
        ("205103", Ok(unusual.clone())),
        ("205104", Err(EmployeeNumberError::AppointmentAge)),
    ] {
        let found = decode(NumberKind::Pns, &format!("19900302{appointed}1001")).map(|number| number.warnings);
        assert_eq!(found, expected, "{appointed}");
    }
    for (appointed, expected) in [
        ("200521", Err(EmployeeNumberError::AppointmentAge)),
        ("200621", Ok(unusual.clone())),
        ("200721", Ok(unusual)),
        ("200821", Ok(vec![])),
        ("204021", Ok(vec![])),
        ("205121", Ok(vec![])),
        ("205221", Err(EmployeeNumberError::AppointmentAge)),
    ] {
        let found = decode(NumberKind::Pppk, &format!("19900302{appointed}1001")).map(|number| number.warnings);
        assert_eq!(found, expected, "PPPK {appointed}");
    }
}

#[test]
fn a_profile_that_disagrees_is_a_warning() {
    let number = decode(NumberKind::Pns, "199203142019032005").unwrap();
    assert_eq!(number.differences(None, None), vec![]);
    assert_eq!(number.differences(Some(date(1992, 3, 14)), Some(Sex::Female)), vec![]);
    assert_eq!(
        number.differences(Some(date(1992, 3, 15)), Some(Sex::Male)),
        vec![EmployeeNumberWarning::BirthDateDiffers, EmployeeNumberWarning::SexDiffers]
    );
}

#[test]
fn masks_leave_the_last_four() {
    assert_eq!(mask("199203142019032005"), "**************2005");
    assert_eq!(mask("12345"), "*2345");
    assert_eq!(mask("2005"), "****");
    assert_eq!(mask(""), "");
    assert_eq!(mask("é1234"), "*1234");
}

#[test]
fn codes_and_messages_are_distinct() {
    use EmployeeNumberError::{AppointmentAge, AppointmentMonth, BirthDate, Length, NotDigits, Sequence, Sex};
    let all = [Length, NotDigits, BirthDate, AppointmentMonth, AppointmentAge, Sex, Sequence];
    let codes: std::collections::BTreeSet<_> = all.iter().map(|error| error.code()).collect();
    let texts: std::collections::BTreeSet<_> =
        all.iter().flat_map(|error| [error.message().0, error.message().1]).collect();
    assert_eq!((codes.len(), texts.len()), (all.len(), 2 * all.len()));
    assert_eq!(Length.to_string(), Length.message().1);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), digits in "[0-9]{18}") {
        for kind in [NumberKind::Pns, NumberKind::Pppk] {
            prop_assert!(decode(kind, &text).is_err() || text.len() == LENGTH);
            if let Ok(number) = decode(kind, &digits) {
                prop_assert!((1..=999).contains(&number.sequence));
            }
        }
        prop_assert_eq!(mask(&text).chars().count(), text.chars().count());
    }

    #[test]
    fn a_number_decodes_to_what_it_was_made_of(
        birth_year in 1940i32..2000, birth_day in 1u32..=366, age in 17i32..=59,
        month in 1u32..=12, counter in 0u32..=99, female in any::<bool>(), sequence in 1u16..=999,
    ) {
        let born_on = NaiveDate::from_yo_opt(birth_year, birth_day).unwrap_or(date(birth_year, 1, 1));
        let year = birth_year + age;
        let (digit, sex) = if female { (2, Sex::Female) } else { (1, Sex::Male) };
        let birth = born_on.format("%Y%m%d");
        let nip = decode(NumberKind::Pns, &format!("{birth}{year}{month:02}{digit}{sequence:03}")).unwrap();
        prop_assert_eq!((nip.born_on, nip.sex, nip.sequence), (born_on, sex, sequence));
        prop_assert_eq!(nip.appointment, Appointment::CivilServant { year, month });
        let ni = decode(NumberKind::Pppk, &format!("{birth}{year}{counter:02}{digit}{sequence:03}")).unwrap();
        prop_assert_eq!((ni.born_on, ni.sex, ni.sequence), (born_on, sex, sequence));
        prop_assert_eq!(ni.appointment, Appointment::Contract { year, contract_counter: counter });
    }
}
