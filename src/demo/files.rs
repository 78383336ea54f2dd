//! A few files: what was shown and handed out at a workshop, and certificates that two of the accounts put in evidence.

use std::fmt::Write;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::assessments::access_of;
use super::people::People;
use crate::activities::activities::entity::{self as activity, ActivityStatus};
use crate::activities::materials::dto::NewMaterial;
use crate::activities::materials::service as materials;
use crate::competencies::assessments::dto::Evidence;
use crate::files::content::{self, Sent};
use crate::files::dto::{MediaType, NewFile};
use crate::files::service;
use crate::kernel::db::{Db, Precondition};
use crate::kernel::error::{Error, Result};
use crate::kernel::policy::{Access, Reach};
use crate::learning::learning_entries::content::NewLearningEntry;
use crate::learning::learning_entries::dto::LearningKind;
use crate::learning::learning_entries::{lifecycle, service as entries};

const HANDOUT: &str = "\
langkah,isi,menit
1,Mengenali jenis naskah,20
2,Mencatat asal dan pemilik,30
3,Menyimpan di tempat yang kering,15
";

pub(super) async fn fill(db: &Db, people: &People) -> Result<()> {
    let admin = access_of(&people.admin, Reach::All);
    let over = activity::Entity::find()
        .filter(activity::Column::Status.eq(ActivityStatus::Completed))
        .order_by_desc(activity::Column::SortsAt);
    if let Some(over) = db.reader().one(over).await? {
        let slides = pdf(&["Salindia", "Dari naskah ke katalog"])?;
        let slides = file(db, &admin, "Salindia.pdf", MediaType::Pdf, slides).await?;
        let handout = file(db, &admin, "Lembar kerja.csv", MediaType::Csv, HANDOUT.as_bytes().to_vec()).await?;
        for (title, file_id, position) in [("Salindia", slides, 8), ("Lembar kerja", handout, 9)] {
            let material = NewMaterial { title: title.to_owned(), url: None, file_id: Some(file_id), position };
            materials::create(db, &admin, over.id, material).await?;
        }
    }
    for actor in [&people.librarian, &people.mentor] {
        let own = access_of(actor, Reach::Own);
        let certificate = pdf(&["Sertifikat", "Kelas daring: pelestarian koleksi digital", "6 JP"])?;
        let certificate = file(db, &own, "Sertifikat pelestarian digital.pdf", MediaType::Pdf, certificate).await?;
        let entry = entries::create(db, &own, entry(certificate, db.today())).await?;
        lifecycle::submit(db, &own, entry.id, Precondition::default()).await?;
    }
    Ok(())
}

async fn file(db: &Db, access: &Access, name: &str, media_type: MediaType, bytes: Vec<u8>) -> Result<Uuid> {
    let size = i32::try_from(bytes.len()).map_err(Error::internal)?;
    let file = service::create(db, access, NewFile { name: name.to_owned(), media_type, size }).await?;
    let sent = Sent { media_type: media_type.name(), bytes: bytes.into(), digest: None };
    content::put(db, access, file.id, Precondition::default(), sent).await.map(|file| file.id)
}

fn entry(certificate: Uuid, today: chrono::NaiveDate) -> NewLearningEntry {
    let evidence = Evidence { title: "Sertifikat".to_owned(), file_id: Some(certificate), ..Evidence::default() };
    NewLearningEntry {
        librarian_id: None,
        kind: LearningKind::ELearning,
        training_type_id: None,
        title: "Pelestarian koleksi digital".to_owned(),
        organiser: Some("Akademi Pustaka Terbuka".to_owned()),
        certificate_number: Some("PKD-2026/11".to_owned()),
        starts_on: today - chrono::Days::new(3),
        ends_on: today - chrono::Days::new(2),
        days: 0,
        sessions: 1,
        minutes: 270,
        is_international: false,
        claimed_hours: Some(6.0),
        summary: None,
        evidence: vec![evidence],
        plan_action_id: None,
    }
}

/// One page with these lines (ISO 32000-1): enough for every reader, and the same on every start.
fn pdf(lines: &[&str]) -> Result<Vec<u8>> {
    let mut text = "BT /F1 20 Tf 72 760 Td 28 TL".to_owned();
    for line in lines {
        write!(text, " ({line}) Tj T*").map_err(Error::internal)?;
    }
    text.push_str(" ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
            .to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
    ];
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in objects.iter().enumerate() {
        writeln!(places, "{:010} 00000 n ", file.len()).map_err(Error::internal)?;
        write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1).map_err(Error::internal)?;
    }
    let (start, count) = (file.len(), objects.len() + 1);
    write!(
        file,
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .map_err(Error::internal)?;
    Ok(file.into_bytes())
}
