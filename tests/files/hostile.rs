use super::samples::{
    CSV, DOCX, JPEG, PDF, PNG, WEBP, XLSX, archive, docx, enormous_png, pdf, picture, png_part, renamed, xlsx,
};
use crate::support::{each_database, json};
use image::ImageFormat;

/// Name, type, content, and as what it is refused.
type Hostile = (&'static str, &'static str, Vec<u8>, &'static str);

fn documents() -> Vec<Hostile> {
    let behind = |more: &[u8]| [&pdf("")[..], more].concat();
    vec![
        ("a page as a document", PDF, b"<html><script>alert(1)</script></html>".to_vec(), "other_content"),
        ("a program as a document", PDF, b"MZ\x90\0\x03\0\0\0%PDF-1.7 %%EOF".to_vec(), "other_content"),
        ("a document behind a page", PDF, [b"<!doctype html>", &pdf("")[..]].concat(), "other_content"),
        ("a page within a document's head", PDF, pdf("/X (<SCRIPT>alert(1)</SCRIPT>)"), "unsafe_content"),
        ("a page behind a document", PDF, behind(b"<script>alert(1)</script>"), "unsafe_content"),
        ("an archive behind a document", PDF, behind(&archive(&[("a", b"b")])), "unsafe_content"),
        (
            "an archive around the end of a document",
            PDF,
            behind(&[&archive(&[("a", b"b")])[..], b"\n%%EOF\n"].concat()),
            "unsafe_content",
        ),
        ("a document with a script", PDF, pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "unsafe_content"),
        ("a document that starts a program", PDF, pdf("/OpenAction << /S /Launch /F (cmd.exe) >>"), "unsafe_content"),
        ("half a document", PDF, pdf("")[..40].to_vec(), "unreadable_content"),
    ]
}

fn pictures() -> Vec<Hostile> {
    let png = picture(ImageFormat::Png);
    let mut jpeg = picture(ImageFormat::Jpeg);
    jpeg.truncate(30);
    let head = [&png[..33], &png_part(*b"IDAT", b"no picture")[..], &png_part(*b"IEND", &[])].concat();
    vec![
        ("a drawing that runs, as a picture", PNG, b"<svg onload=\"alert(1)\"/>".to_vec(), "other_content"),
        ("a drawing that runs, as a photograph", JPEG, b"<svg onload=\"alert(1)\"/>".to_vec(), "other_content"),
        ("a picture of another kind", JPEG, png.clone(), "other_content"),
        ("an animation of old", WEBP, b"GIF89a\x01\0\x01\0\x80\0\0\xff\xff\xff".to_vec(), "other_content"),
        ("half a picture", PNG, png[..50].to_vec(), "unreadable_content"),
        ("a head without a picture", PNG, head, "unreadable_content"),
        ("half a photograph", JPEG, jpeg, "unreadable_content"),
        ("a small file that is an enormous picture", PNG, enormous_png(), "too_much_inside"),
    ]
}

fn office() -> Vec<Hostile> {
    let part = |name: &'static str, content: &'static [u8]| docx(&[(name, content)]);
    let many: Vec<_> = (0..2_001).map(|number| format!("word/{number}.xml")).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let bomb = vec![0; 60 * 1024 * 1024];
    let macros: &[u8] = b"application/vnd.ms-word.document.macroEnabled.main+xml wordprocessingml.document.main+xml";
    let template: &[u8] = b"<Relationship Target=\"https://evil.example/t.dotm\" TargetMode=\"External\"/>";
    let behind = [&docx(&[])[..], b"<script>alert(1)</script>"].concat();
    vec![
        ("an archive that is no document", DOCX, archive(&[("a.txt", b"a")]), "other_content"),
        ("a workbook as a document", DOCX, xlsx(), "other_content"),
        ("a document as a workbook", XLSX, docx(&[]), "other_content"),
        ("a script before an archive", DOCX, [b"#!/bin/sh\n", &docx(&[])[..]].concat(), "other_content"),
        ("a page behind an archive", DOCX, behind, "unsafe_content"),
        ("half an archive", DOCX, docx(&[])[..80].to_vec(), "unreadable_content"),
        ("a bomb", DOCX, docx(&[("word/a.bin", &bomb), ("word/b.bin", &bomb)]), "too_much_inside"),
        ("too many parts", DOCX, docx(&many), "too_much_inside"),
        ("a path upwards", DOCX, renamed(part("word/aa/etc", b"x"), "word/aa/etc", "word/../etc"), "unsafe_content"),
        (
            "a path from the root",
            DOCX,
            renamed(part("_etc/passwd", b"x"), "_etc/passwd", "/etc/passwd"),
            "unsafe_content",
        ),
        (
            "a path of Windows",
            DOCX,
            renamed(part("word_evil.exe", b"x"), "word_evil.exe", "word\\evil.exe"),
            "unsafe_content",
        ),
        (
            "two parts of one name",
            DOCX,
            renamed(part("word/documenu.xml", b"x"), "word/documenu.xml", "word/document.xml"),
            "unsafe_content",
        ),
        ("macros", DOCX, part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "unsafe_content"),
        (
            "macros by type",
            DOCX,
            archive(&[("[Content_Types].xml", macros), ("word/document.xml", b"")]),
            "unsafe_content",
        ),
        ("a program in a document", DOCX, part("word/embeddings/a.bin", b"MZ\x90\0"), "unsafe_content"),
        ("entities that expand", DOCX, part("word/a.xml", b"<!DOCTYPE a [<!ENTITY b \"bb\">]>"), "unsafe_content"),
        ("a template from elsewhere", DOCX, docx(&[("word/_rels/settings.xml.rels", template)]), "unsafe_content"),
    ]
}

fn tables() -> Vec<Hostile> {
    vec![
        ("a script as a table", CSV, b"#!/bin/sh\nrm -rf /\n".to_vec(), "unsafe_content"),
        ("a page as a table", CSV, b"nama,nilai\na,<ScRiPt>alert(1)</script>\n".to_vec(), "unsafe_content"),
        ("a document as a table", CSV, pdf(""), "unsafe_content"),
        ("a drawing as a table", CSV, b"\xef\xbb\xbf <svg/>".to_vec(), "unsafe_content"),
        ("bytes as a table", CSV, b"nama,nilai\0\n".to_vec(), "other_content"),
        ("a table of another time", CSV, b"nama,caf\xe9\n".to_vec(), "other_content"),
        ("an archive as a table", CSV, docx(&[]), "other_content"),
    ]
}

#[actix_web::test]
async fn what_is_not_what_it_says_or_not_safe_is_refused_for_good() {
    let hostile = [documents(), pictures(), office(), tables()].concat();
    each_database(async |app| {
        let admin = app.admin().await;
        for (about, kind, content, code) in &hostile {
            let extension = match *kind {
                PDF => "pdf",
                PNG => "png",
                JPEG => "jpeg",
                WEBP => "webp",
                DOCX => "docx",
                XLSX => "xlsx",
                _ => "csv",
            };
            let file = admin.announce(&format!("berkas.{extension}"), kind, content.len()).await.created();
            let answer = admin.fill(&file, content).await;
            let errors = &answer.json["errors"];
            let found = (answer.status.as_u16(), &errors[0]["pointer"], &errors[0]["code"]);
            assert_eq!(found, (422, &json!("#"), &json!(code)), "{about}");
            let path = format!("/files/{}", file.id());
            let rejected = admin.get(&path).await.ok();
            assert_eq!(
                (&rejected.json["status"], &rejected.json["sha256"]),
                (&json!("rejected"), &json!(null)),
                "{about}"
            );
            admin.get(&format!("{path}/content")).await.is(404);
            admin.fill(&rejected, content).await.is(409).refused("content_given");
        }
        assert!(hostile.len() >= 40, "{} hostile files", hostile.len());
        let context = app.db().context();
        let later = app.db().now() + chrono::TimeDelta::days(1);
        assert!(context.store.older(&context.secrets, later).await.unwrap().is_empty(), "nothing of them was kept");
    })
    .await;
}

#[actix_web::test]
async fn a_name_that_leads_elsewhere_or_deceives_is_refused() {
    each_database(async |app| {
        let admin = app.admin().await;
        for name in ["../../etc/passwd.pdf", "C:\\a.pdf", ".rahasia.pdf", "laporan\u{202e}fdp.pdf", "a.pdf ", "a|b.pdf"]
        {
            admin.announce(name, PDF, 10).await.is(422).blames("#/name", "not_a_file_name");
        }
        admin.announce("a\r\nSet-Cookie: x.pdf", PDF, 10).await.is(422).blames("#/name", "control_character");
        for name in ["laporan.exe", "laporan.pdf.exe", "laporan.docx", "laporan"] {
            admin.announce(name, PDF, 10).await.is(422).blames("#/name", "other_extension");
        }
        admin.announce("besar.pdf", PDF, 10 * 1024 * 1024 + 1).await.is(422).blames("#/size", "out_of_range");
        admin.announce("skrip.html", "text/html", 10).await.is(422).blames("#/media_type", "not_a_choice");
    })
    .await;
}
