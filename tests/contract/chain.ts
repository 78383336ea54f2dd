/**
 * The end of the chain: a mentor meets a mentee, readers are asked without an account, the survey is closed, and the
 * indicator of the year is measured anew from what they said.
 */
import assert from "node:assert/strict";
import { anonymous, answered, check, structured, type Api, type Schemas } from "./client.js";

const READERS = 6;

/** The nine elements of the citizen satisfaction survey, all answered alike. */
function satisfied(score: number): Schemas["SurveyAnswers"] {
  const elements = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  return { answers: elements.map((element) => ({ question: `U${element}`, value: score })) };
}

async function meet(mentor: Api): Promise<void> {
  const pairs = answered(
    await mentor.GET("/api/v1/mentorships", { params: { query: { status: "active", limit: 50 } } }),
    200,
    "the mentor's pairs are listed",
  );
  const pair = pairs.items[0];
  assert.ok(pair !== undefined, "the mentor of the demonstration has a mentee");
  const meeting = answered(
    await mentor.POST("/api/v1/mentorships/{mentorship_id}/meetings", {
      params: { path: { mentorship_id: pair.id } },
      body: { starts_at: new Date(Date.now() - 60_000).toISOString(), minutes: 60, agenda: "Pengatalogan" },
    }),
    201,
    "a meeting is planned",
  );
  check(meeting.actions.includes("completion"), "it has begun, so it can be said to have been held");
  const path = { mentoring_meeting_id: meeting.id };
  const held = answered(
    await mentor.POST("/api/v1/mentoring-meetings/{mentoring_meeting_id}/completion", { params: { path } }),
    200,
    "it was held",
  );
  check(held.status === "held", "and says so");
  const again = await mentor.POST("/api/v1/mentoring-meetings/{mentoring_meeting_id}/completion", { params: { path } });
  check(again.response.status === 409, "it is held once");
}

async function prepare(admin: Api, today: string): Promise<string> {
  const questionnaires = answered(
    await admin.GET("/api/v1/questionnaires", { params: { query: { limit: 200 } } }),
    200,
    "questionnaires are listed",
  );
  const skm = questionnaires.items.find((candidate) => candidate.code === "SKM" && candidate.status === "published");
  assert.ok(skm !== undefined, "the satisfaction survey ships with the service");
  const campaign = answered(
    await admin.POST("/api/v1/campaigns", {
      body: {
        questionnaire_id: skm.id,
        title: { id: "Survei kilat", en: "A quick survey" },
        audience: "readers",
        is_anonymous: true,
        opens_on: today,
        closes_on: today,
      },
    }),
    201,
    "a survey is prepared",
  );
  const path = { campaign_id: campaign.id };
  answered(await admin.POST("/api/v1/campaigns/{campaign_id}/opening", { params: { path } }), 200, "it is opened");
  return campaign.id;
}

async function ask(admin: Api, reader: Api, campaignId: string): Promise<void> {
  const { tokens } = answered(
    await admin.POST("/api/v1/campaigns/{campaign_id}/tokens", {
      params: { path: { campaign_id: campaignId } },
      body: { count: READERS },
    }),
    200,
    "one-time tokens are issued",
  );
  for (const token of tokens) {
    const form = await reader.GET("/api/v1/public/surveys/{token}", { params: { path: { token } } });
    assert.equal(form.data?.questions.filter((question) => question.code.startsWith("U")).length, 9);
    const answer = await reader.POST("/api/v1/public/surveys/{token}", {
      params: { path: { token } },
      body: satisfied(3),
    });
    assert.equal(answer.response.status, 204);
  }
  check(tokens.length === READERS, "each reader sees nine questions and answers without an account");
  const [first] = tokens;
  assert.ok(first !== undefined);
  const again = await reader.POST("/api/v1/public/surveys/{token}", {
    params: { path: { token: first } },
    body: satisfied(1),
  });
  check(again.error?.code === "already_answered", "a token answers once");
}

async function close(admin: Api, campaignId: string): Promise<void> {
  const path = { campaign_id: campaignId };
  const early = await admin.GET("/api/v1/campaigns/{campaign_id}/results", { params: { path } });
  check(early.response.status === 404, "nothing is told while answers come in");
  answered(await admin.POST("/api/v1/campaigns/{campaign_id}/closing", { params: { path } }), 200, "it is closed");
  const results: Schemas["CampaignResults"] = structured(
    answered(await admin.GET("/api/v1/campaigns/{campaign_id}/results", { params: { path } }), 200, "its results are read"),
  );
  check(results.overall.skm?.ikm === 75, "all threes are an index (IKM) of 75.00");
}

async function measure(admin: Api): Promise<void> {
  const indicators = answered(
    await admin.GET("/api/v1/indicators", { params: { query: { q: "IKM", limit: 50 } } }),
    200,
    "indicators are found",
  );
  const ikm = indicators.items.find((candidate) => candidate.code === "IKM");
  assert.ok(ikm !== undefined, "the satisfaction index is an indicator");
  const now = answered(
    await admin.GET("/api/v1/indicators/{indicator_id}/calculation", { params: { path: { indicator_id: ikm.id } } }),
    200,
    "the year's index is reckoned",
  );
  const counted = now.inputs.find((input) => input.name === "answers")?.value ?? 0;
  check(counted >= READERS, "the new answers are in it");
  const kept = answered(
    await admin.POST("/api/v1/measurements", {
      body: { indicator_id: ikm.id, period: now.period, reason: "Survei kilat ditutup" },
    }),
    201,
    "it is measured",
  );
  check(kept.value === now.value && kept.origin === "computed", "what was reckoned is what is kept");
  const dashboard = answered(await admin.GET("/api/v1/indicator-dashboard", {}), 200, "the dashboard is read");
  const shown = dashboard.indicators.find((candidate) => candidate.indicator_id === ikm.id);
  check(shown?.latest?.value === kept.value, "the dashboard shows it");
}

export async function closeTheChain(baseUrl: string, admin: Api, mentor: Api, today: string): Promise<void> {
  await meet(mentor);
  const campaignId = await prepare(admin, today);
  await ask(admin, anonymous(baseUrl), campaignId);
  await close(admin, campaignId);
  await measure(admin);
}
