/**
 * A frontend's working day, typed by the published document alone: sign in, look around, assess somebody,
 * have another person confirm it, and see the profile and the gap report change by exactly that. Then the end of the
 * chain (chain.ts): a mentor meets a mentee, readers are asked, and an indicator says what came of it.
 *
 * Usage: node build/journey.js BASE_URL   with the demonstration password in BINA_DEMO_PASSWORD.
 */
import assert from "node:assert/strict";
import { closeTheChain } from "./chain.js";
import { answered, check, passed, signIn, structured, type Api, type Schemas } from "./client.js";

type Person = Schemas["LibrarianSummary"];
type Profile = Schemas["CompetencyProfile"];
type ProfileRow = Schemas["ProfileEntry"];
type GapRow = Schemas["TrainingNeed"];

/** Somebody with a requirement that is not reached yet, seen by a mentor who is responsible for them. */
interface Subject {
  librarian: Person;
  row: ProfileRow;
  /** What the position asks. */
  required: number;
  /** The calendar day where the library stands. */
  today: string;
}

/** The mentor's own view decides who is a mentee: of other people, only the mentor's own profile is found. */
async function findSubject(librarians: Person[], mentor: Api): Promise<Subject> {
  const me = answered(await mentor.GET("/api/v1/me"), 200, "the mentor's account is read");
  for (const librarian of librarians.filter((person) => person.id !== me.librarian_id)) {
    const { data } = await mentor.GET("/api/v1/librarians/{librarian_id}/competency-profile", {
      params: { path: { librarian_id: librarian.id } },
    });
    if (data === undefined) continue;
    const profile: Profile = structured(data);
    const row = profile.required.find((candidate) => candidate.gap > 0);
    const required = row?.required_level ?? undefined;
    if (row !== undefined && required !== undefined) return { librarian, row, required, today: profile.as_of };
  }
  throw new Error("the demonstration has no mentee with an open gap");
}

async function profileRow(api: Api, subject: Subject): Promise<ProfileRow> {
  const answer = await api.GET("/api/v1/librarians/{librarian_id}/competency-profile", {
    params: { path: { librarian_id: subject.librarian.id } },
  });
  const profile: Profile = structured(answered(answer, 200, "the competency profile is read"));
  const row = profile.required.find((r) => r.competency_id === subject.row.competency_id);
  assert.ok(row !== undefined, "the assessed competency is part of the profile");
  return row;
}

async function gapRow(api: Api, subject: Subject): Promise<GapRow> {
  const answer = await api.GET("/api/v1/competency-gaps", { params: { query: { limit: 500 } } });
  const gaps: Schemas["CompetencyGaps"] = structured(answered(answer, 200, "the gap report is read"));
  const row = gaps.needs.find((r) => r.competency_id === subject.row.competency_id);
  assert.ok(row !== undefined, "the assessed competency is part of the gap report");
  return row;
}

async function readRequirement(api: Api, subject: Subject): Promise<void> {
  const positions = answered(
    await api.GET("/api/v1/positions", { params: { query: { limit: 200 } } }),
    200,
    "positions are listed",
  );
  const position = positions.items.find((p) => p.id === subject.librarian.position_id);
  assert.ok(position !== undefined, "the librarian's position is in the list");
  const standard = answered(
    await api.GET("/api/v1/positions/{position_id}/standard", {
      params: { path: { position_id: position.id } },
    }),
    200,
    "its standard is read",
  );
  const requirement = standard.entries.find((r) => r.competency_id === subject.row.competency_id);
  check(
    requirement?.required_level === subject.required,
    "profile and position standard ask for the same level",
  );
}

async function assess(author: Api, confirmer: Api, subject: Subject): Promise<void> {
  const draft = answered(
    await author.POST("/api/v1/assessments", {
      body: {
        librarian_id: subject.librarian.id,
        competency_id: subject.row.competency_id,
        level: subject.required,
        method: "assessor",
        assessed_on: subject.today,
      },
    }),
    201,
    "an assessment is written",
  );
  check(draft.actions.includes("submission"), "a draft offers its submission");
  const path = { assessment_id: draft.id };
  const submitted = answered(
    await author.POST("/api/v1/assessments/{assessment_id}/submission", { params: { path } }),
    200,
    "it is submitted",
  );
  check(submitted.status === "submitted", "it waits for somebody else");
  const confirmed = answered(
    await confirmer.POST("/api/v1/assessments/{assessment_id}/confirmation", { params: { path } }),
    200,
    "another person confirms it",
  );
  check(confirmed.status === "confirmed", "it counts");
  const again = await confirmer.POST("/api/v1/assessments/{assessment_id}/confirmation", { params: { path } });
  check(again.response.status === 409, "it cannot be confirmed twice");
}

async function main(): Promise<void> {
  const [baseUrl] = process.argv.slice(2);
  const password = process.env["BINA_DEMO_PASSWORD"];
  assert.ok(baseUrl !== undefined && password !== undefined, "usage: BINA_DEMO_PASSWORD=… journey.js BASE_URL");

  const admin = await signIn(baseUrl, "admin@demo.example", password);
  const mentor = await signIn(baseUrl, "mentor@demo.example", password);
  const librarians = answered(
    await admin.GET("/api/v1/librarians", { params: { query: { limit: 200 } } }),
    200,
    "librarians are listed",
  );
  check(librarians.items.length > 0, "somebody works here");

  const subject = await findSubject(librarians.items, mentor);
  await readRequirement(admin, subject);
  const gapBefore = await gapRow(admin, subject);
  await assess(admin, mentor, subject);

  const after = await profileRow(mentor, subject);
  check(after.current_level === subject.required, "the profile shows the confirmed level");
  check(after.gap === 0 && subject.row.gap > 0, "the person's gap is closed");
  const gapAfter = await gapRow(admin, subject);
  check(
    gapAfter.required_count - gapAfter.met_count === gapBefore.required_count - gapBefore.met_count - 1,
    "the gap report counts one person fewer below the required level",
  );
  await closeTheChain(baseUrl, admin, mentor, subject.today);
  console.log(`journey: ${passed()} passed, 0 failed`);
}

await main();
