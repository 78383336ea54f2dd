//! Activities (kegiatan pengembangan kompetensi): trainings, workshops, seminars, panels, from the plan to the credit.
//!
//! An activity has sessions; people register for it, get a seat or wait for one, are checked in at the door and tested; when it is
//! completed, whoever reached what it asks gets credit hours and evidence of the level it aimed at.
//!
//! Locks are taken in one order: the activity, then venues by their ids, then its people. Seats, overlapping sessions, venues and
//! completion rest on that.

#[expect(clippy::module_inception, reason = "the folder of a resource has the name of its path")]
pub(crate) mod activities;
pub(crate) mod assignment_letters;
pub(crate) mod attendance_lists;
pub(crate) mod bookings;
pub(crate) mod check_ins;
pub(crate) mod copies;
pub(crate) mod interests;
pub(crate) mod item_scores;
pub(crate) mod materials;
pub(crate) mod paper;
pub(crate) mod policy;
pub(crate) mod progress;
pub(crate) mod recommendations;
pub(crate) mod registrations;
pub(crate) mod scores;
pub(crate) mod series;
pub(crate) mod sessions;
pub(crate) mod speakers;
pub(crate) mod tasks;
pub(crate) mod templates;

use crate::kernel::routes::ServiceConfig;
use crate::kernel::slice::Slice;

/// This chapter.
pub const SLICE: Slice = Slice {
    name: "activities",
    tags: &[
        ("activities", "Activities (kegiatan): trainings, workshops, seminars, panels, with all that belongs to one."),
        ("activity-series", "Series (kegiatan rutin): regular activities by a rule (RFC 5545)."),
        ("activity-sessions", "Sessions (sesi): when and where, who was there, and what a device at the door needs."),
        ("speakers", "Speakers (narasumber), moderators, panellists, trainers."),
        ("materials", "Materials (bahan): what is read and shown, as links and files."),
        ("registrations", "Registrations (pendaftaran): seats, waiting list, approval, offers."),
        ("check-ins", "Check-ins (presensi): scans at the door."),
        ("interests", "Interest (minat) in activities without a date."),
    ],
    routes,
    root_routes: None,
    rules: policy::RULES,
    refusals: &[
        activities::service::ACTIVITY_CLOSED,
        bookings::service::VENUE_TAKEN,
        sessions::service::PARTICIPANTS_CLASH,
        registrations::service::REGISTRATION_CLOSED,
        registrations::service::ALREADY_REGISTERED,
        registrations::service::OVERLAPPING_SESSION,
        registrations::service::PREREQUISITES_MISSING,
        registrations::approval::NOT_YOURS_TO_DECIDE,
        assignment_letters::service::NO_SEAT,
        interests::service::NOT_ON_DEMAND,
        interests::service::ALREADY_INTERESTED,
        interests::service::NO_RECORD,
    ],
    faults: &[
        &activities::service::SEATS_TAKEN,
        &bookings::service::OCCUPIED,
        &sessions::dto::NOT_A_TIME_ZONE,
        &sessions::dto::TOO_LONG_SESSION,
        &series::dates::NOT_A_RULE,
        &series::dates::ENDLESS_RULE,
        &series::dates::WRONG_NUMBER_OF_DATES,
        &series::dates::ONLY_HOLIDAYS,
        &check_ins::service::CODE_OR_REGISTRATION,
        &item_scores::service::ONE_FOR_EACH_ITEM,
    ],
    hooks: &[],
    contributions: &[
        &recommendations::OPEN_ACTIVITIES,
        &registrations::seats::LAPSE_DUE,
        &progress::ACTIVITIES_OF_A_PROGRAMME,
        &copies::ACTIVITIES_OF_A_PROGRAMME,
        &templates::ACTIVITIES_OF_A_PROGRAMME,
        &materials::service::FILES_OF_MATERIALS,
        &tasks::REGISTRATIONS_TO_DECIDE,
        &tasks::SEATS_TO_ACCEPT,
    ],
};

fn routes(config: &mut ServiceConfig) {
    config
        .configure(activities::handlers::routes)
        .configure(series::handlers::routes)
        .configure(sessions::handlers::routes)
        .configure(bookings::handlers::routes)
        .configure(speakers::handlers::routes)
        .configure(materials::handlers::routes)
        .configure(interests::handlers::routes)
        .configure(registrations::handlers::routes)
        .configure(check_ins::handlers::routes)
        .configure(scores::handlers::routes)
        .configure(item_scores::handlers::routes)
        .configure(attendance_lists::handlers::routes)
        .configure(assignment_letters::handlers::routes);
}
