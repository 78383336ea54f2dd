//! An attacker who adds and subtracts whatever was published, and never learns of fewer people than the threshold.

use proptest::prelude::*;

use super::*;

/// What is published, as the attacker sees it: for each group (and everybody) who is in it.
fn publications(people: &[Vec<usize>], published: &[Option<Partition>]) -> Vec<Vec<f64>> {
    let mut all = vec![vec![1.0; people.len()]];
    for (dimension, partition) in published.iter().enumerate() {
        let Some(partition) = partition else { continue };
        for group in 0..groups(partition) {
            all.push(people.iter().map(|one| f64::from(u8::from(partition[one[dimension]] == Some(group)))).collect());
        }
    }
    all
}

fn rank(mut rows: Vec<Vec<f64>>) -> usize {
    let columns = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..columns {
        let Some(pivot) = (rank..rows.len()).find(|row| rows[*row][column].abs() > 1e-9) else { continue };
        rows.swap(rank, pivot);
        let (above, below) = rows.split_at_mut(rank + 1);
        let pivot = &above[rank];
        for row in below {
            let factor = row[column] / pivot[column];
            row.iter_mut().zip(pivot).for_each(|(value, other)| *value -= factor * other);
        }
        rank += 1;
    }
    rank
}

/// Whether some combination of publications is of fewer than `least` people: tried for every such set of people. Exact, since a
/// combination lives on a set alone when the publications lose rank without it.
fn leaks(people: &[Vec<usize>], published: &[Option<Partition>], least: usize) -> bool {
    let all = publications(people, published);
    let whole = rank(all.clone());
    let without = |gone: &[usize]| {
        let keep = |row: &Vec<f64>| {
            row.iter().enumerate().filter(|(one, _)| !gone.contains(one)).map(|(_, value)| *value).collect()
        };
        rank(all.iter().map(keep).collect()) < whole
    };
    subsets(people.len(), least - 1).iter().any(|gone| without(gone))
}

/// Every set of `size` of the first `count` numbers; a leak of fewer people is one of these too.
fn subsets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        all = all
            .into_iter()
            .flat_map(|set| {
                let next = set.last().map_or(0, |last| last + 1);
                (next..count).map(move |more| set.iter().copied().chain([more]).collect())
            })
            .collect();
    }
    all
}

fn classes(people: &[Vec<usize>]) -> Vec<Class> {
    people.iter().map(|one| (one.clone(), 1)).collect()
}

fn each_category(categories: &[usize]) -> Vec<Option<Partition>> {
    categories.iter().map(|count| Some((0..*count).map(Some).collect())).collect()
}

#[test]
fn large_groups_stand_alone_and_small_ones_together() {
    let of = |counts: &[usize]| {
        let people: Vec<Vec<usize>> =
            counts.iter().enumerate().flat_map(|(category, count)| vec![vec![category]; *count]).collect();
        publishable(&classes(&people), &each_category(&[counts.len()]), 5).remove(0)
    };
    assert_eq!(of(&[9, 8, 5]), Some(vec![Some(0), Some(1), Some(2)]));
    assert_eq!(of(&[9, 2, 8, 3]), Some(vec![Some(0), Some(2), Some(1), Some(2)]));
    // The two that are missing of five are hidden by the smallest that is large enough; who is nobody hides with them.
    assert_eq!(of(&[9, 3, 8, 0]), Some(vec![Some(0), Some(1), Some(1), Some(1)]));
    assert_eq!(of(&[9, 8, 0]), Some(vec![Some(0), Some(1), None]));
    assert_eq!(of(&[9, 3]), None);
    assert_eq!(of(&[9]), None);
}

#[test]
fn two_nearly_equal_groups_of_different_dimensions_are_not_both_published() {
    // Ten pupils, of whom nine are under 18, and ten others: pupils less those under 18 would be one person.
    let person = |pupil: usize, young: usize| vec![pupil, young];
    let mut people = vec![person(1, 1); 9];
    people.push(person(1, 0));
    people.extend(vec![person(0, 0); 10]);
    assert!(leaks(&people, &each_category(&[2, 2]), 5));
    let published = publishable(&classes(&people), &each_category(&[2, 2]), 5);
    assert!(published[0].is_some() && published[1].is_none());
    assert!(!leaks(&people, &published, 5));
}

#[test]
fn three_dimensions_can_tell_what_no_two_do() {
    // Ten each of (1,0,0), (0,1,0) and (0,0,1), and one (1,1,1): the sum of the three firsts less everybody is twice that one.
    let mut people: Vec<Vec<usize>> = Vec::new();
    for one in [vec![1, 0, 0], vec![0, 1, 0], vec![0, 0, 1]] {
        people.extend(vec![one; 10]);
    }
    people.push(vec![1, 1, 1]);
    let fine = each_category(&[2, 2, 2]);
    assert!(leaks(&people, &fine, 3));
    let published = publishable(&classes(&people), &fine, 3);
    assert_eq!(published.iter().flatten().count(), 2);
    assert!(!leaks(&people, &published, 3));
}

#[test]
fn a_question_that_few_of_a_group_answered_is_not_broken_down() {
    let people: Vec<Vec<usize>> = (0..40).map(|one| vec![one % 2, one / 20]).collect();
    let published = publishable(&classes(&people), &each_category(&[2, 2]), 5);
    assert_eq!(published.iter().flatten().count(), 2);
    let answered = |keep: fn(usize) -> bool| {
        let some: Vec<Vec<usize>> =
            people.iter().enumerate().filter(|(one, _)| keep(*one)).map(|(_, person)| person.clone()).collect();
        answerable(&classes(&some), &published, 5)
    };
    assert_eq!(answered(|_| true), [true, true]);
    assert_eq!(answered(|one| one % 2 == 0 || one == 1), [false, true]);
    assert_eq!(answered(|one| one < 4), [false, false]);
}

#[test]
fn a_later_publication_with_a_higher_threshold_is_made_of_the_same_groups() {
    let people: Vec<Vec<usize>> = (0..200).map(|one| vec![one % 7, one % 9 % 4, one * one % 5]).collect();
    let inside = publishable(&classes(&people), &each_category(&[7, 4, 5]), 5);
    let outside = publishable(&classes(&people), &inside, 10);
    for (fine, coarse) in inside.iter().zip(&outside) {
        let (Some(fine), Some(coarse)) = (fine, coarse) else {
            assert!(coarse.is_none());
            continue;
        };
        for (one, other) in fine.iter().zip(coarse) {
            let together = fine.iter().zip(coarse).filter(|(group, _)| *group == one);
            assert!(together.into_iter().all(|(_, group)| group == other));
        }
    }
}

#[test]
fn a_rest_is_of_nobody_or_of_enough() {
    let whole = classes(&[vec![vec![0]; 10], vec![vec![1]; 10]].concat());
    let published = each_category(&[2]);
    let rest = |one: usize, other: usize| classes(&[vec![vec![0]; one], vec![vec![1]; other]].concat());
    for (rests, safe) in [
        (vec![], true),
        (vec![rest(0, 0)], true),
        (vec![rest(3, 3)], true),
        (vec![rest(3, 0)], true),
        (vec![rest(2, 0)], false),
        (vec![rest(3, 2)], false),
        (vec![rest(3, 3), rest(0, 1)], false),
    ] {
        assert_eq!(apart_from(&whole, &rests, &published, 3), safe, "{rests:?}");
    }
    assert!(!apart_from(&rest(2, 2), &[], &published, 3), "those who are told of are enough themselves");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nothing_about_fewer_than_three_people_can_be_worked_out(
        people in prop::collection::vec((0_usize..3, 0_usize..3, 0_usize..2), 3..22)
    ) {
        let people: Vec<Vec<usize>> = people.into_iter().map(|(one, two, three)| vec![one, two, three]).collect();
        let published = publishable(&classes(&people), &each_category(&[3, 3, 2]), 3);
        prop_assert!(!leaks(&people, &published, 3));
    }

    #[test]
    fn nor_about_those_who_answered_a_question(
        people in prop::collection::vec((0_usize..3, 0_usize..2, any::<bool>()), 6..22)
    ) {
        let all: Vec<Vec<usize>> = people.iter().map(|(one, two, _)| vec![*one, *two]).collect();
        let published = publishable(&classes(&all), &each_category(&[3, 2]), 3);
        let some: Vec<Vec<usize>> = people.iter().filter(|(.., answers)| *answers).map(|(one, two, _)| vec![*one, *two]).collect();
        let allowed = answerable(&classes(&some), &published, 3);
        let kept: Vec<_> = published.into_iter().zip(&allowed).map(|(partition, allowed)| partition.filter(|_| *allowed)).collect();
        if allowed.contains(&true) {
            prop_assert!(!leaks(&some, &kept, 3));
        }
    }
}
