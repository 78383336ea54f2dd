use proptest::prelude::*;

use super::*;

fn caption(title: &str) -> Caption {
    Caption {
        lang: "id".to_owned(),
        title: title.to_owned(),
        subtitle: "Maria Lestari Bong · 14 Maret 2026".to_owned(),
        description: "Tingkat yang disyaratkan dan yang dicapai".to_owned(),
    }
}

fn radar(axes: Vec<RadarAxis>) -> RadarChart {
    RadarChart {
        caption: caption("Peta kompetensi"),
        axes,
        required_label: "Disyaratkan".to_owned(),
        actual_label: "Dicapai".to_owned(),
        unknown_label: "belum dinilai".to_owned(),
    }
}

fn axis(label: &str, required: f64, actual: Option<f64>) -> RadarAxis {
    RadarAxis { label: label.to_owned(), required, actual }
}

fn heat_map(columns: &[&str], rows: Vec<HeatRow>) -> HeatMap {
    HeatMap {
        caption: caption("Kesenjangan kompetensi"),
        columns: columns.iter().map(|&name| name.to_owned()).collect(),
        rows,
        scale: HeatScale::Gap,
        low_label: "kecil".to_owned(),
        high_label: "besar".to_owned(),
        empty_label: "tidak ada data".to_owned(),
    }
}

fn line(points: &[(&str, Option<f64>)], target: Option<f64>) -> LineChart {
    LineChart {
        caption: caption("IKM"),
        points: points
            .iter()
            .map(|(label, value)| LinePoint { label: (*label).to_owned(), value: *value, target })
            .collect(),
        bands: Vec::new(),
        higher_is_better: true,
        series_label: "IKM".to_owned(),
        target_label: "Target".to_owned(),
        unit: "nilai".to_owned(),
        decimals: 2,
    }
}

/// Fails unless the text is one element with properly nested, quoted and escaped content.
fn assert_well_formed(svg: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = svg.trim_end();
    assert!(rest.starts_with("<svg "), "{svg}");
    while let Some(start) = rest.find('<') {
        assert_text(&rest[..start]);
        let end = rest[start..].find('>').expect("a tag ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closes what is open");
            assert!(!open.is_empty() || rest.is_empty(), "one root: {rest}");
            continue;
        }
        let inner = tag.strip_suffix('/').unwrap_or(tag);
        let (name, attributes) = inner.split_once(' ').unwrap_or((inner, ""));
        assert!(name.chars().all(|character| character.is_ascii_alphabetic()), "{name}");
        let mut keys = Vec::new();
        let mut left = attributes;
        while !left.is_empty() {
            let (key, after) = left.split_once("=\"").expect("a quoted value");
            let (value, after) = after.split_once('"').expect("a closing quote");
            assert_text(value);
            assert!(!keys.contains(&key), "{key} twice");
            keys.push(key);
            left = after.trim_start();
        }
        if inner == tag {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest.is_empty());
}

fn assert_text(text: &str) {
    assert!(!text.contains(['<', '>']), "{text}");
    assert!(text.chars().all(|character| character == '\n' || !character.is_control()), "{text:?}");
    for entity in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
        assert!(known.iter().any(|name| entity.starts_with(name)), "&{entity}");
    }
}

/// The numbers of the first `points` attribute of a class.
fn points(svg: &str, class: &str) -> Vec<(f64, f64)> {
    let from = svg.find(&format!("class=\"{class}\" points=\"")).unwrap();
    let list = svg[from..].split('"').nth(3).unwrap();
    list.split(' ')
        .map(|pair| pair.split_once(',').unwrap())
        .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
        .collect()
}

#[test]
fn a_picture_says_what_it_is() {
    let svg = radar(vec![axis("A", 3.0, Some(2.0)); 3]).to_svg();
    assert_well_formed(&svg);
    for part in [
        "role=\"img\"",
        " lang=\"id\"",
        "<title>Peta kompetensi</title>",
        "<desc>Tingkat yang disyaratkan dan yang dicapai</desc>",
        "viewBox=\"0 0 1040 ",
        "system-ui",
        "prefers-color-scheme:dark",
        "Maria Lestari Bong · 14 Maret 2026",
        ">Disyaratkan<",
        ">Dicapai<",
    ] {
        assert!(svg.contains(part), "{part}");
    }
    for part in ["<script", "href", "url(", "@import"] {
        assert!(!svg.contains(part), "{part}");
    }
    assert_eq!(svg.matches("http").count(), 1, "only the name of the format");
}

#[test]
fn radar_polygons_have_the_points_of_their_values() {
    let axes = vec![
        axis("Utara", 5.0, Some(5.0)),
        axis("Timur", 4.0, Some(2.5)),
        axis("Selatan", 3.0, None),
        axis("Barat", 2.0, Some(9.0)),
    ];
    let svg = radar(axes).to_svg();
    let (actual, required) = (points(&svg, "bp-main"), points(&svg, "bp-goal"));
    let (x, y) = (520.0, required[1].1);
    let from_center = |at: &(f64, f64)| (at.0 - x, at.1 - y);
    assert_eq!(
        required.iter().map(from_center).collect::<Vec<_>>(),
        [(0.0, -215.0), (172.0, 0.0), (0.0, 129.0), (-86.0, 0.0)]
    );
    assert_eq!(
        actual.iter().map(from_center).collect::<Vec<_>>(),
        [(0.0, -215.0), (107.5, 0.0), (0.0, 0.0), (-215.0, 0.0)]
    );
    assert_eq!(points(&svg, "bp-area"), actual, "the filled area is that of the actual levels");
    assert!(svg.contains("<tspan class=\"bp-alert\" dx=\"7\">2,5 / 4</tspan>"), "numbers follow the language");
    assert!(svg.contains(">– / 3<") && svg.contains("–  belum dinilai"), "not assessed is said");
    assert_eq!(svg.matches("class=\"bp-dot\"").count(), 3, "no dot without a level");
}

#[test]
fn every_label_is_there_whatever_the_number_of_axes() {
    for axes in [0, 1, 2, 3, 4, 5, 7, 16, 17, 30, 40, 41, 60] {
        let labels: Vec<String> = (1..=axes).map(|index| format!("Membuat Tajuk Kendali Subjek {index:03}")).collect();
        let svg = radar(labels.iter().map(|label| axis(label, 3.0, Some(2.0))).collect()).to_svg();
        assert_well_formed(&svg);
        for label in &labels {
            assert!(svg.contains(&format!(">{label}<")), "{label} of {axes}");
        }
        assert_eq!(svg.contains("<polygon"), (3..=40).contains(&axes), "{axes}");
        assert_eq!(svg.matches("class=\"bp-mark\"").count(), if (3..=40).contains(&axes) { 0 } else { axes });
    }
}

#[test]
fn radar_labels_never_touch_and_stay_inside() {
    for axes in 3..=40 {
        let chart = radar((0..axes).map(|_| axis(&"Penelusuran informasi ".repeat(4), 3.0, Some(4.0))).collect());
        let svg = chart.to_svg();
        let mut sides = [Vec::new(), Vec::new()];
        for element in svg.split("<text class=\"bp-text\" ").skip(1) {
            let number = |key: &str| -> f64 {
                element.split_once(&format!("{key}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
            };
            let (x, y) = (number("x"), number("y"));
            let lines = element.split("</text>").next().unwrap().matches("<tspan x=").count();
            assert!((32.0..=1008.0).contains(&x) && y > 60.0);
            if element.contains("text-anchor=\"middle\"") {
                for side in &mut sides {
                    side.push((y, lines));
                }
            } else {
                sides[usize::from(x > 520.0)].push((y, lines));
            }
        }
        for mut side in sides {
            side.sort_by(|one, other| one.0.total_cmp(&other.0));
            for pair in side.windows(2) {
                let below_first = pair[0].0 + 15.0 * f64::from(u8::try_from(pair[0].1).unwrap());
                assert!(pair[1].0 - below_first >= 14.0, "{axes} axes: {pair:?}");
            }
        }
    }
}

#[test]
fn markup_in_texts_stays_text() {
    let evil = "<script>alert('1')</script> & \"so\"\u{1}\u{ffff}\n";
    let mut chart = radar(vec![axis(evil, 3.0, None); 3]);
    chart.caption = Caption { lang: "\"><x y=\"".to_owned(), ..caption(evil) };
    chart.unknown_label = evil.to_owned();
    let svg = chart.to_svg();
    assert_well_formed(&svg);
    assert!(!svg.contains("<script") && !svg.contains("<x"));
    assert!(
        svg.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;so&quot;\u{fffd}\u{fffd} </title>")
    );
    let rows =
        vec![HeatRow { label: evil.to_owned(), cells: vec![HeatCell { value: Some(0.5), text: evil.to_owned() }] }];
    assert_well_formed(&heat_map(&[evil], rows).to_svg());
    assert_well_formed(&line(&[(evil, Some(1.0)), (evil, None)], Some(2.0)).to_svg());
}

#[test]
fn a_heat_map_shows_every_row_column_and_value() {
    let columns = ["Layanan", "Pengolahan", "Pusling", "Anak", "Remaja", "Referensi", "Sirkulasi"];
    let rows = (0..5_u8)
        .map(|row| HeatRow {
            label: format!("Kompetensi {row}"),
            cells: (0..7_u8).map(|column| HeatCell::gap(f64::from(column), 6.0, format!("{row}.{column}"))).collect(),
        })
        .collect();
    let svg = heat_map(&columns, rows).to_svg();
    assert_well_formed(&svg);
    for (index, column) in columns.iter().enumerate() {
        assert!(svg.contains(&format!(">{column}</text>")));
        for row in 0..5 {
            let cell =
                format!("<g><title>Kompetensi {row} · {column}: {row}.{index}</title><rect class=\"bp-s{index}\"");
            assert!(svg.contains(&cell), "{cell}");
        }
    }
    assert!(!svg.contains("tidak ada data") && svg.contains(">kecil<") && svg.contains(">besar<"));
}

#[test]
fn missing_cells_are_empty_and_named_in_the_legend() {
    let rows = vec![HeatRow { label: "A".to_owned(), cells: vec![HeatCell::share(0.5), HeatCell::share(f64::NAN)] }];
    let svg = heat_map(&["X", "Y", "Z"], rows).to_svg();
    assert_well_formed(&svg);
    assert_eq!(svg.matches("<rect class=\"bp-empty\"").count(), 3, "two fields and the legend");
    assert!(svg.contains("tidak ada data"));
    assert_well_formed(&heat_map(&[], vec![]).to_svg());
}

#[test]
fn a_line_is_interrupted_where_nothing_is_known() {
    let values = [Some(80.0), Some(82.0), None, Some(81.0), None, Some(83.0), Some(84.0)];
    let named: Vec<(&str, Option<f64>)> = ["1", "2", "3", "4", "5", "6", "7"].into_iter().zip(values).collect();
    let svg = line(&named, Some(84.0)).to_svg();
    assert_well_formed(&svg);
    assert_eq!(svg.matches("<polyline class=\"bp-main\"").count(), 2, "a single point is only a dot");
    assert_eq!(svg.matches("class=\"bp-dot\"").count(), 5);
    let first = points(&svg, "bp-main");
    assert_eq!(first.len(), 2);
    assert!(first[0].1 > first[1].1 && first[0].0 < first[1].0, "more is higher, later is further right");
    assert!(svg.contains(">Target<") && svg.contains(">84,00<"), "named and with its decimals");
    assert!(!svg.contains("<polygon"), "no area above an axis that begins at 80");
    assert!(line(&[("1", Some(0.0)), ("2", Some(9.0))], None).to_svg().contains("<polygon class=\"bp-area\""));
    assert!(!line(&named, None).to_svg().contains("class=\"bp-goal\""));
    assert_well_formed(&line(&[], None).to_svg());
}

#[test]
fn targets_are_steps_and_bands_lie_behind() {
    let values = [("2023", Some(78.0)), ("2024", Some(80.0)), ("2025", Some(81.0)), ("2026", Some(82.2))];
    let mut series = line(&values, None);
    for (point, target) in series.points.iter_mut().zip([None, Some(80.0), Some(82.0), Some(84.0)]) {
        point.target = target;
    }
    let edges = [("Kurang baik", 65.0), ("Baik", 76.61), ("Sangat baik", 88.31)];
    series.bands = edges.map(|(label, from)| LineBand { from, label: label.to_owned() }).to_vec();
    let svg = series.to_svg();
    assert_well_formed(&svg);
    let steps = points(&svg, "bp-goal");
    assert_eq!(steps.len(), 6, "three periods with a target, each with two ends");
    let same = |one: f64, other: f64| (one - other).abs() < f64::EPSILON;
    assert!(same(steps[0].1, steps[1].1) && same(steps[1].0, steps[2].0) && steps[1].1 > steps[2].1);
    assert!(svg.contains(">84,00<") && svg.contains(">Baik<"));
    assert!(!svg.contains(">Kurang baik<") && !svg.contains(">Sangat baik<"), "the axis does not reach them");
    assert!(svg.contains("<rect class=\"bp-b2\""));
    let worse = LineChart { higher_is_better: false, ..series.clone() };
    series.points.iter_mut().for_each(|point| point.value = Some(90.0));
    assert!(series.to_svg().contains("<rect class=\"bp-b4\"") && worse.to_svg().contains("<rect class=\"bp-b2\""));
}

#[test]
fn wide_texts_are_cut_with_the_whole_text_kept() {
    assert_eq!(words::fit("Pengatalogan", 12.0, 500.0), "Pengatalogan");
    let cut = words::fit("Pengatalogan deskriptif bahan perpustakaan", 12.0, 120.0);
    assert!(cut.ends_with('…') && words::width(&cut, 12.0) <= 120.0 && cut.starts_with("Pengatalogan"));
    let lines = words::wrap("Pengatalogan deskriptif bahan perpustakaan", 12.0, 120.0, 2);
    assert_eq!((lines.len(), lines[0].as_str()), (2, "Pengatalogan"));
    assert_eq!(words::number(-0.001, 2, "en"), "0");
    assert_eq!((words::number(2.5, 2, "id"), words::number(2.5, 2, "en")), ("2,5".to_owned(), "2.5".to_owned()));
}

proptest! {
    #[test]
    fn any_input_gives_the_same_well_formed_picture_twice(
        axes in proptest::collection::vec((any::<String>(), any::<f64>(), any::<Option<f64>>()), 0..45),
        target in any::<Option<f64>>(), decimals in any::<usize>(),
    ) {
        let chart = radar(axes.iter().map(|(label, required, actual)| axis(label, *required, *actual)).collect());
        let svg = chart.to_svg();
        assert_well_formed(&svg);
        prop_assert_eq!(&svg, &chart.to_svg());
        let named: Vec<_> = axes.iter().map(|(label, _, actual)| (label.as_str(), *actual)).collect();
        let mut series = line(&named, target);
        series.decimals = decimals;
        series.bands = axes.iter().map(|(label, from, _)| LineBand { from: *from, label: label.clone() }).collect();
        let svg = series.to_svg();
        assert_well_formed(&svg);
        prop_assert!(!svg.contains("NaN") || axes.iter().any(|one| one.0.contains("NaN")));
        let columns: Vec<_> = axes.iter().take(9).map(|one| one.0.as_str()).collect();
        let rows = axes.iter().map(|(label, _, value)| HeatRow {
            label: label.clone(),
            cells: vec![HeatCell { value: *value, text: label.clone() }],
        });
        assert_well_formed(&heat_map(&columns, rows.collect()).to_svg());
    }
}
