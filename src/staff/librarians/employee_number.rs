//! Employee numbers of Indonesian civil service: NIP (Nomor Induk Pegawai, PNS) and NI PPPK (Nomor Induk PPPK).
//!
//! Both have 18 digits and no check digit. NIP, after PerBKN 22/2007: date of birth `YYYYMMDD`, month of appointment
//! as CPNS `YYYYMM`, sex (1 male, 2 female), sequence of three digits from 001. NI PPPK has the year of appointment
//! and a two-digit contract counter instead of the month; values above 12, such as `21`, are usual there, so the kind
//! of employment decides which rule a number is read by.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Digits of either number.
pub const LENGTH: usize = 18;

/// Completed years of age at appointment outside which a number cannot be right.
const POSSIBLE_AGES: std::ops::RangeInclusive<i32> = 16..=60;
/// Completed years of age at which CPNS are appointed as a rule. PPPK have no such upper limit.
const USUAL_AGES: std::ops::RangeInclusive<i32> = 18..=35;
/// Nobody born earlier can be in service.
const EARLIEST_BIRTH_YEAR: i32 = 1900;

/// Which of the two numbers it is, and so how its digits 13 and 14 are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// NIP of a civil servant (Pegawai Negeri Sipil).
    Pns,
    /// NI PPPK of a contract employee (Pegawai Pemerintah dengan Perjanjian Kerja).
    Pppk,
}

/// Sex as the number states it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Digit 1, laki-laki.
    Male,
    /// Digit 2, perempuan.
    Female,
}

/// When the person was appointed, as far as the number tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Appointment {
    /// Of a PNS: the month of appointment as candidate (TMT CPNS).
    CivilServant {
        /// Calendar year.
        year: i32,
        /// Month, 1 to 12.
        month: u32,
    },
    /// Of a PPPK.
    Contract {
        /// Calendar year of appointment.
        year: i32,
        /// The two digits that count contracts, 0 to 99; no month.
        contract_counter: u32,
    },
}

/// What an employee number says about its holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EmployeeNumber {
    /// The rule the number was read by.
    pub kind: NumberKind,
    /// Date of birth.
    pub born_on: NaiveDate,
    /// Time of appointment.
    pub appointment: Appointment,
    /// Sex.
    pub sex: Sex,
    /// Running number among holders whose first 15 digits are the same, 1 to 999.
    pub sequence: u16,
    /// What is unusual and worth a second look, yet possible.
    pub warnings: Vec<EmployeeNumberWarning>,
}

impl EmployeeNumber {
    /// Where the number disagrees with a person's profile. Numbers are issued once and kept when documents are
    /// corrected later, so a difference is a warning and never an error. What the profile does not state is not compared.
    pub fn differences(&self, born_on: Option<NaiveDate>, sex: Option<Sex>) -> Vec<EmployeeNumberWarning> {
        let mut warnings = Vec::new();
        if born_on.is_some_and(|date| date != self.born_on) {
            warnings.push(EmployeeNumberWarning::BirthDateDiffers);
        }
        if sex.is_some_and(|sex| sex != self.sex) {
            warnings.push(EmployeeNumberWarning::SexDiffers);
        }
        warnings
    }
}

/// Something unusual about a number that may be right all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EmployeeNumberWarning {
    /// Appointed younger than 18, or (PNS only) older than 35.
    UnusualAppointmentAge,
    /// The profile states another date of birth.
    BirthDateDiffers,
    /// The profile states another sex.
    SexDiffers,
}

impl EmployeeNumberWarning {
    /// Stable identifier for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnusualAppointmentAge => "unusual_appointment_age",
            Self::BirthDateDiffers => "birth_date_differs",
            Self::SexDiffers => "sex_differs",
        }
    }

    /// The warning in Indonesian and in English.
    pub const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::UnusualAppointmentAge => (
                "Usia saat pengangkatan tidak lazim; periksa kembali nomor ini.",
                "The age at appointment is unusual; please check the number.",
            ),
            Self::BirthDateDiffers => (
                "Tanggal lahir dalam nomor berbeda dengan tanggal lahir pada profil.",
                "The date of birth in the number differs from the profile.",
            ),
            Self::SexDiffers => (
                "Jenis kelamin dalam nomor berbeda dengan jenis kelamin pada profil.",
                "The sex in the number differs from the profile.",
            ),
        }
    }
}

/// Why a number cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EmployeeNumberError {
    /// Not 18 characters long.
    Length,
    /// Has characters other than the digits 0 to 9; numbers are written without spaces.
    NotDigits,
    /// Digits 1 to 8 are no date on which somebody in service can be born.
    BirthDate,
    /// Digits 13 and 14 of a NIP are no month.
    AppointmentMonth,
    /// Appointed younger than 16 or older than 60.
    AppointmentAge,
    /// Digit 15 is neither 1 nor 2.
    Sex,
    /// Digits 16 to 18 are 000.
    Sequence,
}

impl EmployeeNumberError {
    /// Stable identifier for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Length => "employee_number_length",
            Self::NotDigits => "employee_number_not_digits",
            Self::BirthDate => "employee_number_birth_date",
            Self::AppointmentMonth => "employee_number_appointment_month",
            Self::AppointmentAge => "employee_number_appointment_age",
            Self::Sex => "employee_number_sex",
            Self::Sequence => "employee_number_sequence",
        }
    }

    /// The reason in Indonesian and in English.
    pub const fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Length => ("Nomor harus terdiri atas 18 angka.", "The number must have 18 digits."),
            Self::NotDigits => (
                "Nomor hanya boleh berisi angka 0 sampai 9, tanpa spasi.",
                "The number may contain only the digits 0 to 9, without spaces.",
            ),
            Self::BirthDate => (
                "Angka ke-1 sampai ke-8 bukan tanggal lahir yang benar (TTTTBBHH).",
                "Digits 1 to 8 are not a valid date of birth (YYYYMMDD).",
            ),
            Self::AppointmentMonth => (
                "Angka ke-13 dan ke-14 bukan bulan pengangkatan CPNS (01 sampai 12).",
                "Digits 13 and 14 are not a month of appointment (01 to 12).",
            ),
            Self::AppointmentAge => (
                "Usia saat pengangkatan harus antara 16 dan 60 tahun.",
                "The age at appointment must be between 16 and 60 years.",
            ),
            Self::Sex => {
                ("Angka ke-15 harus 1 (laki-laki) atau 2 (perempuan).", "Digit 15 must be 1 (male) or 2 (female).")
            }
            Self::Sequence => (
                "Tiga angka terakhir adalah nomor urut dan dimulai dari 001.",
                "The last three digits are a sequence number and start at 001.",
            ),
        }
    }
}

impl fmt::Display for EmployeeNumberError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.message().1)
    }
}

impl std::error::Error for EmployeeNumberError {}

/// Reads an employee number by the rule of its kind. The first reason against it, from left to right, is the error.
pub fn decode(kind: NumberKind, number: &str) -> Result<EmployeeNumber, EmployeeNumberError> {
    if number.chars().count() != LENGTH {
        return Err(EmployeeNumberError::Length);
    }
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(EmployeeNumberError::NotDigits);
    }
    let born_on = signed(number, 0, 4)
        .filter(|year| *year >= EARLIEST_BIRTH_YEAR)
        .and_then(|year| NaiveDate::from_ymd_opt(year, digits(number, 4, 6)?, digits(number, 6, 8)?))
        .ok_or(EmployeeNumberError::BirthDate)?;
    let (appointment, ages) = appointment(kind, number, born_on)?;
    if ages.youngest > *POSSIBLE_AGES.end() || ages.oldest < *POSSIBLE_AGES.start() {
        return Err(EmployeeNumberError::AppointmentAge);
    }
    let sex = match digits(number, 14, 15) {
        Some(1) => Sex::Male,
        Some(2) => Sex::Female,
        _ => return Err(EmployeeNumberError::Sex),
    };
    let sequence = digits(number, 15, 18)
        .and_then(|sequence| u16::try_from(sequence).ok())
        .filter(|sequence| *sequence >= 1)
        .ok_or(EmployeeNumberError::Sequence)?;
    let too_old = kind == NumberKind::Pns && ages.youngest > *USUAL_AGES.end();
    let warnings = if too_old || ages.oldest < *USUAL_AGES.start() {
        vec![EmployeeNumberWarning::UnusualAppointmentAge]
    } else {
        Vec::new()
    };
    Ok(EmployeeNumber { kind, born_on, appointment, sex, sequence, warnings })
}

/// A number as people without the right to see it get it: asterisks but for the last four characters. What has four
/// characters or fewer is hidden altogether.
pub fn mask(number: &str) -> String {
    let length = number.chars().count();
    let hidden = if length > 4 { length - 4 } else { length };
    "*".repeat(hidden).chars().chain(number.chars().skip(hidden)).collect()
}

/// The completed years of age that a person may have had at appointment.
struct Ages {
    youngest: i32,
    oldest: i32,
}

/// Appointments as CPNS begin on the first of a month, so the age is known; of a PPPK only the year is, within which
/// the person had one of two ages.
fn appointment(kind: NumberKind, number: &str, born_on: NaiveDate) -> Result<(Appointment, Ages), EmployeeNumberError> {
    let year = signed(number, 8, 12).ok_or(EmployeeNumberError::NotDigits)?;
    let last_two = digits(number, 12, 14).ok_or(EmployeeNumberError::NotDigits)?;
    let years = year - born_on.year();
    match kind {
        NumberKind::Pns => {
            let began = NaiveDate::from_ymd_opt(year, last_two, 1).ok_or(EmployeeNumberError::AppointmentMonth)?;
            let had_birthday = (began.month(), began.day()) >= (born_on.month(), born_on.day());
            let age = if had_birthday { years } else { years - 1 };
            Ok((Appointment::CivilServant { year, month: last_two }, Ages { youngest: age, oldest: age }))
        }
        NumberKind::Pppk => Ok((
            Appointment::Contract { year, contract_counter: last_two },
            Ages { youngest: years - 1, oldest: years },
        )),
    }
}

fn digits(number: &str, from: usize, to: usize) -> Option<u32> {
    number.get(from..to)?.parse().ok()
}

fn signed(number: &str, from: usize, to: usize) -> Option<i32> {
    number.get(from..to)?.parse().ok()
}

#[cfg(test)]
mod tests;
