use actix_web::http::Method;

use super::samples::{CSV, PDF, pdf};
use crate::support::each_database;
use crate::support::files::content_of;

#[actix_web::test]
async fn a_file_goes_out_as_an_attachment_that_nothing_runs() {
    each_database(async |app| {
        let admin = app.admin().await;
        let file = admin.file("Laporan \"akhir\" Évi 研修.pdf".replace('"', "'").as_str(), PDF, &pdf("")).await;
        let answer = admin.get(&content_of(&file)).await.ok();
        assert_eq!(
            answer.header("content-disposition"),
            Some(
                "attachment; filename=\"Laporan _akhir_ _vi __.pdf\"; \
                 filename*=UTF-8''Laporan%20%27akhir%27%20%C3%89vi%20%E7%A0%94%E4%BF%AE.pdf"
            )
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert!(answer.header("content-security-policy").unwrap().ends_with("sandbox"));
        assert_eq!(answer.header("accept-ranges"), Some("bytes"));
        assert!(answer.tag().contains(file.json["sha256"].as_str().unwrap()));
        assert_eq!(answer.header("content-encoding"), None);
    })
    .await;
}

#[actix_web::test]
async fn a_part_of_a_file_is_read_and_what_is_known_is_not_sent_again() {
    each_database(async |app| {
        let admin = app.admin().await;
        let rows = "nama,halaman\n".repeat(5_000);
        let file = admin.file("tabel.csv", CSV, rows.as_bytes()).await;
        let path = content_of(&file);
        let whole = admin.get(&path).await.ok();
        assert_eq!(whole.body, rows.as_bytes());
        let get = async |headers: &[(&str, &str)]| admin.send(Method::GET, &path, None, headers).await;
        for (range, span) in
            [("bytes=0-9", 0..10), ("bytes=1000-", 1000..rows.len()), ("bytes=-7", rows.len() - 7..rows.len())]
        {
            let part = get(&[("range", range)]).await.is(206);
            assert_eq!(part.body, &rows.as_bytes()[span.clone()], "{range}");
            let place = format!("bytes {}-{}/{}", span.start, span.end - 1, rows.len());
            assert_eq!(part.header("content-range"), Some(place.as_str()));
            assert_eq!(part.tag(), whole.tag());
        }
        let long = format!("bytes={}", "0-1,".repeat(100));
        for wrong in [long.as_str(), "bytes=0-1,\t5-6"] {
            get(&[("range", wrong)]).await.is(400).refused("invalid_header").blames("Range", "not_valid");
        }
        let outside = get(&[("range", "bytes=9999999-")]).await.is(416).refused("range_not_satisfiable");
        assert_eq!(outside.header("content-range"), Some(format!("bytes */{}", rows.len()).as_str()));
        for ignored in ["bytes=0-1,5-6", "lines=1-2", "bytes=9-1"] {
            assert_eq!(get(&[("range", ignored)]).await.ok().body, whole.body, "{ignored}");
        }
        get(&[("range", "bytes=0-9"), ("if-range", whole.tag())]).await.is(206);
        get(&[("range", "bytes=0-9"), ("if-range", "\"another\"")]).await.ok();
        let known = get(&[("if-none-match", whole.tag())]).await.is(304);
        assert!(known.body.is_empty());
        // Table or not, parts are counted in the bytes of the file: no compressor comes between.
        let packed = get(&[("accept-encoding", "gzip, br"), ("range", "bytes=0-4999")]).await.is(206);
        assert_eq!((packed.body.len(), packed.header("content-encoding")), (5_000, None));
        let head = admin.send(Method::HEAD, &path, None, &[]).await.ok();
        assert!(head.body.is_empty());
    })
    .await;
}
