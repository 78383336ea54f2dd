//! Last year's programme, closed; this year's, under way; next year's, a copy that is still a draft. Where the library wants to be,
//! and how far it is: goals and milestones in every state.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::assessments::access_of;
use super::instant;
use super::people::People;
use crate::competencies::aims::CompetencyAim;
use crate::competencies::standards::entity as standard;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::{Access, Reach};
use crate::programmes::copies::dto::NewProgrammeCopy;
use crate::programmes::milestones::dto::NewMilestone;
use crate::programmes::outcome::Step;
use crate::programmes::programmes::content::NewProgramme;
use crate::programmes::programmes::entity::TargetGroup;
use crate::programmes::programmes::{lifecycle, service};
use crate::programmes::strategic_goals::dto::NewStrategicGoal;
use crate::programmes::{copies, milestones, strategic_goals};

/// What became of something, and when; nothing yet.
type Outcome = Option<(&'static str, Step)>;

/// Title, day, partner.
type Sketch<'a> = (&'a str, &'a str, Option<&'a str>);

/// The frame of the demonstration's year.
pub(super) struct Frame<'a> {
    db: &'a Db,
    admin: Access,
    people: &'a People,
    targets: Vec<CompetencyAim>,
    /// The programme of 2026.
    pub this_year: Uuid,
}

/// The programmes of 2025 and 2026, before their activities.
pub(super) async fn begin<'a>(db: &'a Db, people: &'a People) -> Result<Frame<'a>> {
    let position = people.staff.iter().find(|(id, _)| *id == people.librarian.librarian_id);
    let asked = standard::Entity::find()
        .filter(standard::Column::PositionId.eq(position.map(|(_, position)| *position).unwrap_or_default()))
        .order_by_asc(standard::Column::CompetencyId);
    let asked = db.reader().all(asked).await?.into_iter().take(4);
    let targets = asked.map(|entry| CompetencyAim { competency_id: entry.competency_id, level: entry.required_level });
    let admin = access_of(&people.admin, Reach::All);
    let mut frame = Frame { db, admin, people, targets: targets.collect(), this_year: Uuid::nil() };
    frame.last_year().await?;
    frame.at("2025-12-01T02:00:00Z")?;
    let goals = [
        "Setiap pustakawan mencapai 20 JP",
        "Layanan digital dikuasai di semua unit",
        "Dua pustakawan siap diuji kenaikan jenjang",
    ];
    frame.this_year = frame.programme(2026, &goals).await?;
    frame.at("2026-01-05T01:00:00Z")?;
    lifecycle::activate(db, &frame.admin, frame.this_year, Precondition::default()).await?;
    Ok(frame)
}

impl Frame<'_> {
    async fn last_year(&self) -> Result<()> {
        self.at("2024-12-02T02:00:00Z")?;
        let goals = ["Kerangka kompetensi dikenal semua pustakawan", "Setiap unit memiliki pembimbing"];
        let id = self.programme(2025, &goals).await?;
        self.at("2025-01-06T01:00:00Z")?;
        lifecycle::activate(self.db, &self.admin, id, Precondition::default()).await?;
        let reason = "Pemadaman listrik berkepanjangan; dilanjutkan tahun 2026".to_owned();
        let parts: [(&str, &str, Outcome); 3] = [
            ("Asesmen mandiri seluruh pustakawan", "2025-03-31", Some(("2025-03-20T03:00:00Z", Step::Achieve))),
            ("Empat pembimbing ditetapkan", "2025-06-30", Some(("2025-06-25T03:00:00Z", Step::Achieve))),
            (
                "Pelatihan katalog daring di semua unit",
                "2025-11-30",
                Some(("2025-12-15T03:00:00Z", Step::Miss(reason))),
            ),
        ];
        for (title, due, outcome) in parts {
            self.milestone(None, Some(id), (title, due, None), outcome).await?;
        }
        self.at("2025-12-30T03:00:00Z")?;
        lifecycle::close(self.db, &self.admin, id, Precondition::default()).await.map(|_| ())
    }

    /// What the library wants to be, how far it has come, and next year's draft: after the activities of this year.
    pub(super) async fn look_ahead(&self) -> Result<()> {
        self.at("2026-01-12T02:00:00Z")?;
        let centre = "Pusat pembelajaran pustakawan untuk Kalimantan Barat bagian utara";
        let centre =
            self.goal((centre, "2030-12-31", Some("Perpustakaan Bengkayang, Sambas dan Pemangkat")), None).await?;
        let digital = self.goal(("Semua layanan inti dapat diakses dari rumah", "2028-12-31", None), None).await?;
        let manuscripts = ("Naskah kuno Singkawang terdata", "2026-09-30", Some("Komunitas pegiat sejarah kota"));
        self.goal(manuscripts, Some(("2026-09-14T03:00:00Z", Step::Achieve))).await?;
        let late = "Menunggu pengadaan perangkat".to_owned();
        let accredited = ("Akreditasi perpustakaan A", "2026-06-30", None);
        self.goal(accredited, Some(("2026-07-06T03:00:00Z", Step::Miss(late)))).await?;
        let merged = "Digabung dengan layanan daring".to_owned();
        let mobile = ("Aplikasi katalog tersendiri", "2027-12-31", None);
        self.goal(mobile, Some(("2026-04-02T03:00:00Z", Step::Cancel(merged)))).await?;

        let year = Some(self.this_year);
        let flood = "Jadwal bertabrakan dengan masa tanggap banjir".to_owned();
        let replaced = "Diganti pelatihan bersama".to_owned();
        let parts: [(Option<Uuid>, Option<Uuid>, Sketch<'_>, Outcome); 7] = [
            (
                None,
                year,
                ("Asesmen awal tahun selesai", "2026-02-27", None),
                Some(("2026-02-26T03:00:00Z", Step::Achieve)),
            ),
            (
                Some(digital),
                year,
                ("Analitik kunjungan dipakai di semua unit", "2026-07-31", None),
                Some(("2026-07-20T03:00:00Z", Step::Achieve)),
            ),
            (
                None,
                year,
                (
                    "Kunjungan belajar ke perpustakaan provinsi",
                    "2026-09-30",
                    Some("Perpustakaan Provinsi Kalimantan Barat"),
                ),
                Some(("2026-10-01T03:00:00Z", Step::Miss(flood))),
            ),
            (
                None,
                year,
                ("Lomba bercerita antarunit", "2026-10-31", None),
                Some(("2026-08-10T03:00:00Z", Step::Cancel(replaced))),
            ),
            (None, year, ("Semua rencana pengembangan disetujui", "2026-10-30", None), None),
            (None, year, ("Setiap pustakawan mencapai 20 JP", "2026-12-31", None), None),
            (
                Some(centre),
                None,
                (
                    "Nota kesepahaman dengan tiga perpustakaan",
                    "2027-06-30",
                    Some("Perpustakaan Bengkayang, Sambas dan Pemangkat"),
                ),
                None,
            ),
        ];
        for (goal, programme, what, outcome) in parts {
            self.milestone(goal, programme, what, outcome).await?;
        }
        self.at("2026-11-16T02:00:00Z")?;
        let next = NewProgrammeCopy { year: None, title: None };
        copies::service::copy(self.db, &self.admin, self.this_year, next).await.map(|_| ())
    }

    fn at(&self, instant_: &str) -> Result<()> {
        self.db.context().clock.set(instant(instant_)?);
        Ok(())
    }

    async fn programme(&self, year: i32, objectives: &[&str]) -> Result<Uuid> {
        let new = NewProgramme {
            year,
            title: format!("Program Pembinaan Pustakawan {year}"),
            description: None,
            objectives: objectives.iter().map(|&text| text.to_owned()).collect(),
            targets: self.targets.clone(),
            target_group: TargetGroup {
                tags: vec!["pustakawan dan asisten perpustakaan".to_owned()],
                ..TargetGroup::default()
            },
            responsible_id: Some(self.people.admin.librarian_id),
        };
        service::create(self.db, &self.admin, new).await.map(|programme| programme.id)
    }

    async fn goal(&self, (title, due, partner): Sketch<'_>, outcome: Outcome) -> Result<Uuid> {
        self.at("2026-01-12T02:00:00Z")?;
        let new = NewStrategicGoal {
            title: title.to_owned(),
            description: None,
            owner_id: Some(self.people.admin.librarian_id),
            partner: partner.map(str::to_owned),
            due_on: due.parse().map_err(Error::internal)?,
        };
        let id = strategic_goals::service::create(self.db, &self.admin, new).await?.id;
        if let Some((day, step)) = outcome {
            self.at(day)?;
            strategic_goals::service::settle(self.db, &self.admin, id, Precondition::default(), step).await?;
        }
        Ok(id)
    }

    async fn milestone(
        &self,
        strategic_goal_id: Option<Uuid>,
        programme_id: Option<Uuid>,
        (title, due, partner): Sketch<'_>,
        outcome: Outcome,
    ) -> Result<()> {
        let new = NewMilestone {
            strategic_goal_id,
            programme_id,
            title: title.to_owned(),
            description: None,
            owner_id: Some(self.people.mentor.librarian_id),
            partner: partner.map(str::to_owned),
            due_on: due.parse().map_err(Error::internal)?,
        };
        let id = milestones::service::create(self.db, &self.admin, new).await?.id;
        if let Some((day, step)) = outcome {
            self.at(day)?;
            milestones::service::settle(self.db, &self.admin, id, Precondition::default(), step).await?;
        }
        Ok(())
    }
}
