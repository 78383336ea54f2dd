use actix_web::http::Method;
use bina_pustaka::kernel::secret::sha256;
use data_encoding::{BASE64, HEXLOWER};
use futures_util::future::join_all;
use image::{GenericImageView, ImageFormat};

use super::samples::{
    CSV, DOCX, JPEG, PDF, PNG, WEBP, XLSX, docx, pdf, photograph, picture, png_with_more, webp_with_notes, xlsx,
};
use crate::support::files::content_of;
use crate::support::{each_database, json};

#[actix_web::test]
async fn a_file_is_announced_filled_and_read() {
    each_database(async |app| {
        let library = app.library().await;
        let mentee = &library.mentee;
        let content = pdf("");
        let file = mentee.announce("Sertifikat RDA.pdf", PDF, content.len()).await.created();
        assert_eq!((&file.json["status"], &file.json["sha256"]), (&json!("pending"), &json!(null)));
        assert_eq!(file.json["owner_id"], json!(mentee.user_id));
        mentee.get(&content_of(&file)).await.is(404);
        let filled = mentee.fill(&file, &content).await.ok();
        assert_eq!((&filled.json["status"], &filled.json["version"]), (&json!("available"), &json!(2)));
        assert_eq!(filled.json["sha256"], HEXLOWER.encode(&sha256(&content)));
        let read = mentee.get(&content_of(&file)).await.ok();
        assert_eq!((read.body.as_slice(), read.header("content-type")), (content.as_slice(), Some(PDF)));
        // Once: with the tag of then and with that of now.
        mentee.fill(&file, &content).await.is(409).refused("content_given");
        mentee.fill(&filled, &content).await.is(409).refused("content_given");
        let path = format!("/files/{}", file.id());
        let stale = mentee.delete(&path, file.tag()).await.is(412);
        assert_eq!(stale.json["current_version"], 2);
        mentee.delete(&path, filled.tag()).await.no_content();
        mentee.get(&path).await.is(404);
        mentee.get(&content_of(&file)).await.is(404);
        let names = ["file.announced", "file.available", "file.deleted"];
        assert_eq!(app.events_of(&["file"]).await, names);
    })
    .await;
}

#[actix_web::test]
async fn every_type_on_the_list_is_taken() {
    each_database(async |app| {
        let admin = app.admin().await;
        for (name, kind, content) in [
            ("a.pdf", PDF, pdf("")),
            ("a.png", PNG, picture(ImageFormat::Png)),
            ("a.JPG", JPEG, picture(ImageFormat::Jpeg)),
            ("a.webp", WEBP, picture(ImageFormat::WebP)),
            ("a.docx", DOCX, docx(&[("word/media/a.png", &picture(ImageFormat::Png))])),
            ("a.xlsx", XLSX, xlsx()),
            ("a.csv", CSV, "\u{feff}nama;nilai\r\nÉvi;3\r\n".as_bytes().to_vec()),
        ] {
            let file = admin.file(name, kind, &content).await;
            let read = admin.get(&content_of(&file)).await.ok();
            assert_eq!(json!(read.body.len()), file.json["size"], "{name}");
            assert_eq!(HEXLOWER.encode(&sha256(&read.body)), file.json["sha256"], "{name}");
        }
        let page = admin.get(&format!("/files?status=available&media_type={}", CSV.replace('/', "%2F"))).await.ok();
        assert_eq!(page.column("name"), [json!("a.csv")]);
        assert!(admin.get("/files?status=pending").await.ok().column("id").is_empty());
    })
    .await;
}

#[actix_web::test]
async fn of_a_picture_the_image_alone_is_kept() {
    each_database(async |app| {
        let admin = app.admin().await;
        let kept = async |name: &str, kind: &str, content: &[u8]| {
            let file = admin.file(name, kind, content).await;
            admin.get(&content_of(&file)).await.ok().body
        };
        let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        let photograph = photograph();
        assert!(holds(&photograph, b"GPSLatitude"));
        let jpeg = kept("foto.jpg", JPEG, &photograph).await;
        assert!(!holds(&jpeg, b"Exif") && !holds(&jpeg, b"GPS"));
        // What the camera said of how it was held is done instead: the red left is up.
        let upright = image::load_from_memory(&jpeg).unwrap();
        assert_eq!(upright.dimensions(), (16, 32));
        assert!(upright.get_pixel(8, 4)[0] > 200 && upright.get_pixel(8, 28)[0] < 60);
        let png = kept("layar.png", PNG, &png_with_more()).await;
        assert!(!holds(&png, b"tEXt") && !holds(&png, b"<script>"));
        let webp = kept("poster.webp", WEBP, &webp_with_notes()).await;
        assert!(!holds(&webp, b"EXIF") && !holds(&webp, b"GPS"));
        let original = image::load_from_memory(&picture(ImageFormat::WebP)).unwrap();
        assert_eq!(image::load_from_memory(&webp).unwrap().to_rgb8(), original.to_rgb8());
    })
    .await;
}

#[actix_web::test]
async fn what_comes_is_what_was_announced() {
    each_database(async |app| {
        let admin = app.admin().await;
        let content = pdf("");
        let file = admin.announce("a.pdf", PDF, content.len()).await.created();
        let send = async |body: &[u8], more: &[(&str, &str)]| {
            let mut headers = vec![("if-match", file.tag())];
            headers.extend_from_slice(more);
            admin.send(Method::PUT, &content_of(&file), Some(body.to_vec()), &headers).await
        };
        let long = [&content[..], b"\n"].concat();
        for body in [&content[..content.len() - 1], &long, &[]] {
            let answer = send(body, &[("content-type", PDF)]).await.is(422).blames("#", "other_size");
            assert_eq!(answer.json["errors"][0]["params"]["announced"], json!(content.len()));
        }
        let other = send(&content, &[("content-type", CSV)]).await.is(422).blames("Content-Type", "other_type");
        assert_eq!(other.json["errors"][0]["params"]["announced"], json!(PDF));
        send(&content, &[("content-type", "text/html")]).await.is(415);
        send(&content, &[("content-type", PDF), ("content-encoding", "gzip")]).await.is(415);
        let digest = |bytes: &[u8]| format!("sha-512=:AAAA:, sha-256=:{}:", BASE64.encode(&sha256(bytes)));
        let wrong = digest(b"something else");
        let lie = send(&content, &[("content-type", PDF), ("content-digest", &wrong)]).await.is(422);
        lie.blames("Content-Digest", "other_digest");
        let unreadable = send(&content, &[("content-type", PDF), ("content-digest", "sha-256=:x:")]).await.is(400);
        unreadable.refused("invalid_header").blames("Content-Digest", "not_valid");
        // All of these were mistakes of the way: the file still waits.
        let right = digest(&content);
        let filled = send(&content, &[("content-type", PDF), ("content-digest", &right)]).await.ok();
        assert_eq!(filled.json["status"], "available");
    })
    .await;
}

#[actix_web::test]
async fn of_many_who_send_at_once_one_is_taken() {
    each_database(async |app| {
        let admin = app.admin().await;
        let content = pdf("");
        let file = admin.announce("a.pdf", PDF, content.len()).await.created();
        let answers = join_all((0..8).map(|_| admin.fill(&file, &content))).await;
        let taken = answers.iter().filter(|answer| answer.status == 200).count();
        let told = answers.iter().filter(|answer| answer.json["code"] == "content_given").count();
        assert_eq!((taken, told), (1, 7));
        assert_eq!(app.events_of(&["file"]).await, ["file.announced", "file.available"]);
        // What the others had written is not left behind.
        let context = app.db().context();
        let all = context.store.older(&context.secrets, app.db().now() + chrono::TimeDelta::days(1)).await.unwrap();
        assert_eq!(all.len(), 1);
    })
    .await;
}
