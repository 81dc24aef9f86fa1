"""Reads exports as those do who train on them: a folder with a file a shape.

The documented columns are checked with what Python brings along; with `datasets` and `opentelemetry-proto` where they are
installed, as the trainers load them and as a collector parses them. Says what it used.
"""
import importlib.util
import json
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])


def lines(shape):
    return [json.loads(line) for line in (folder / shape).read_text().splitlines()]


def messages(value, *roles):
    assert isinstance(value, list) and value, value
    for message in value:
        assert message["role"] in roles, message
        assert isinstance(message["content"], str), message
        for call in message.get("tool_calls", []):
            assert call["type"] == "function" and isinstance(json.loads(call["function"]["arguments"]), dict), call


asked = ("system", "user", "assistant", "tool")
for row in lines("dpo"):
    messages(row["prompt"], *asked)
    messages(row["chosen"], "assistant")
    messages(row["rejected"], "assistant")
    assert row["chosen"] != row["rejected"]
for row in lines("kto"):
    messages(row["prompt"], *asked)
    messages(row["completion"], "assistant")
    assert isinstance(row["label"], bool)
for row in lines("prm"):
    assert isinstance(row["prompt"], str) and row["prompt"]
    assert all(isinstance(text, str) and text for text in row["completions"])
    assert all(isinstance(label, bool) for label in row["labels"])
    assert len(row["completions"]) == len(row["labels"]) > 0
for row in lines("sft"):
    messages(row["messages"], *asked)
    assert row["messages"][-1]["role"] == "assistant"
    for tool in row.get("tools", []):
        assert tool["type"] == "function" and tool["function"]["name"]
for row in lines("verl"):
    messages(row["prompt"], *asked)
    assert isinstance(row["data_source"], str) and isinstance(row["ability"], str)
    assert row["reward_model"]["style"] == "rule" and isinstance(row["reward_model"]["ground_truth"], str)
    assert isinstance(row["extra_info"], dict)
for row in lines("openai-preference"):
    assert set(row) == {"input", "preferred_output", "non_preferred_output"}
    assert set(row["input"]) <= {"messages", "tools", "parallel_tool_calls"}
    messages(row["input"]["messages"], *asked)
    messages(row["preferred_output"], "assistant")
    messages(row["non_preferred_output"], "assistant")
for row in lines("triplets"):
    assert set(row) == {"prompt", "response", "state", "action", "reward", "metadata"}
    assert 0 <= row["reward"] <= 1
top = json.loads((folder / "top-traces").read_text())
assert [row["reward"] for row in top] == sorted((row["reward"] for row in top), reverse=True)

used = ["json"]
if importlib.util.find_spec("datasets"):
    import datasets

    datasets.disable_progress_bars()
    columns = {
        "dpo": {"prompt", "chosen", "rejected"},
        "kto": {"prompt", "completion", "label"},
        "prm": {"prompt", "completions", "labels"},
        "sft": {"messages", "tools"},
        "verl": {"data_source", "prompt", "ability", "reward_model", "extra_info"},
        "triplets": {"prompt", "response", "reward", "metadata"},
    }
    for shape, wanted in columns.items():
        table = datasets.load_dataset("json", data_files=str(folder / shape), split="train", cache_dir=sys.argv[2])
        assert wanted <= set(table.column_names), (shape, table.column_names)
        assert len(table) == len(lines(shape)), shape
    used.append(f"datasets {datasets.__version__}")
if importlib.util.find_spec("opentelemetry") and importlib.util.find_spec("opentelemetry.proto"):
    import base64

    from google.protobuf import json_format
    from opentelemetry.proto.trace.v1 import trace_pb2

    for row in lines("openinference"):
        # Ids are hex in OTLP, and base64 in protobuf's own JSON.
        for group in row["resourceSpans"]:
            for scope in group["scopeSpans"]:
                for span in scope["spans"]:
                    for holder in [span, *span.get("links", [])]:
                        for key in ("traceId", "spanId"):
                            holder[key] = base64.b64encode(bytes.fromhex(holder[key])).decode()
        data = json_format.ParseDict(row, trace_pb2.TracesData())
        (span,) = data.resource_spans[0].scope_spans[0].spans
        assert len(span.links) == 1 and len(span.links[0].span_id) == 8 and len(span.links[0].trace_id) == 16
        found = {attribute.key: attribute.value for attribute in span.attributes}
        assert found["openinference.span.kind"].string_value == "EVALUATOR"
        assert 0 <= found["evaluations.0.evaluation.score"].double_value <= 1
        assert isinstance(json.loads(found["evaluations.0.evaluation.metadata"].string_value), dict)
    used.append("opentelemetry-proto")
print("checked with " + ", ".join(used))
