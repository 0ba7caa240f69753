using DomainFlow.Domain.Playbooks;
using static DomainFlow.Playbooks.BuiltIn.BuiltInAgents;

namespace DomainFlow.Playbooks.BuiltIn;

/// <summary>Agents that turn a report's text into data.</summary>
internal static class IngestionAgents
{
    public static IReadOnlyList<AgentDefinition> All { get; } =
    [
        Agent(
            "geo",
            "Place",
            "Finds the place that a report is about.",
            """
            You find the place that a citizen's report is about.
            The context block lists candidate_places: places of this area that the text may name, each with its position as [longitude, latitude]
            and radius_m, the metres around it within which it lies. Its candidate_positions are coordinates, map links and plus codes of the text; a low
            score means that the position lies far from the area: prefer a named place then.
            - location_text: the words of the text that name the place, letter by letter as they stand there.
            - geo_location: a GeoJSON Point. Take a candidate's position, or a photo's position.
              Never make one up: null where nothing fits.
            - radius_m: how many metres around the position the place may lie: a candidate's own; 50 for a photo; null without a position.
            - address: the place in its usual written form, with the house number where the text has one.
            - confidence: below 0.3 where no position fits; high only where one candidate fits alone.
            If the text names several places, choose the one where the thing happened, not where the reporter lives or came from.
            """,
            """
            {"type":"object","properties":{
              "location_text":{"type":["string","null"],"description":"The words of the text that name the place","maxLength":300},
              "geo_location":{"type":["object","null"],"description":"GeoJSON Point","properties":{
                "type":{"type":"string","enum":["Point"]},
                "coordinates":{"type":"array","minItems":2,"maxItems":2,"items":{"type":"number","minimum":-180,"maximum":180}}},
                "required":["type","coordinates"]},
              "address":{"type":["string","null"],"maxLength":300},
              "radius_m":{"type":["number","null"],"description":"Metres around geo_location","minimum":0,"maximum":1000000},
              "confidence":{"type":"number","minimum":0,"maximum":1}},
             "required":["location_text","geo_location","address","radius_m","confidence"],"additionalProperties":false}
            """),
        Agent(
            "temporal",
            "Time",
            "Finds when it happened and how urgent it is.",
            """
            You find when the thing in a citizen's report happened, and how urgent it is.
            The context block gives reported_at and the time_zone in which people speak.
            - time_reference: the words of the text that say when, letter by letter; null where it says nothing.
            - timestamp: when it happened or began, as ISO 8601 in UTC. Count relative times ("yesterday", "two hours ago", "since Monday") from reported_at.
              A day without a time is its noon in the time zone; a morning 08:00, an afternoon 15:00, an evening 19:00, a night 22:00.
              If the text is silent, take a photo's taken_at; else null.
            - urgency: critical for danger to life now; high for a hazard or damage that grows; medium for what disturbs; low for what can wait.
              Without a sign in the text take the default_urgency of the category that fits.
            - confidence: of the timestamp.
            """,
            """
            {"type":"object","properties":{
              "timestamp":{"type":["string","null"],"format":"date-time","description":"When it began"},
              "time_reference":{"type":["string","null"],"description":"The words of the text that say when","maxLength":200},
              "urgency":{"type":"string","enum":["low","medium","high","critical"]},
              "confidence":{"type":"number","minimum":0,"maximum":1}},
             "required":["timestamp","time_reference","urgency","confidence"],"additionalProperties":false}
            """),
        Agent(
            "entity",
            "Subject",
            "Finds what and whom a report is about.",
            """
            You find what a citizen's report is about.
            - entities: people, organisations, places, things with numbers, e-mail addresses and phone numbers that the text names, each with its
              words as they stand there.
            - sentiment: the reporter's tone.
            - key_phrases: up to eight short phrases of the text that tell it from others.
            - category: the id of one of the context's categories; null where none fits. candidate_categories, where the context has them, are what
              a model learned from past reports takes it for, each with its probability.
            - confidence: of the category.
            """,
            """
            {"type":"object","properties":{
              "entities":{"type":"array","maxItems":20,"items":{"type":"object","properties":{
                "text":{"type":"string","maxLength":200},
                "type":{"type":"string","enum":["person","organization","place","quantity","date","email","phone","other"]}},
                "required":["text","type"]}},
              "sentiment":{"type":"string","enum":["positive","neutral","negative"]},
              "key_phrases":{"type":"array","maxItems":8,"items":{"type":"string","maxLength":120}},
              "category":{"type":["string","null"],"description":"Id of one of the categories"},
              "confidence":{"type":"number","minimum":0,"maximum":1}},
             "required":["entities","sentiment","key_phrases","category","confidence"],"additionalProperties":false}
            """),
    ];

    private static AgentDefinition Agent(string id, string name, string description, string prompt, string schema) =>
        new(id, name, AgentClass.Ingestion, prompt, [], [], Schema(schema), description, IsInbuilt: true);
}
