import Configuration
import Testing
import TraceModel
import TraceQuery

@Suite struct ReviewSettingsTests {
    private func settings(_ text: String) throws -> ReviewSettings {
        try Settings(text, file: "config.toml").review
    }

    @Test("takes rubrics and the queues that use them")
    func reading() throws {
        let review = try settings(
            """
            [rubrics.care]
            criteria = ["safety", "empathy"]
            weights = [0.5, 0.3]
            labels = ["look again"]
            reasons = ["wrong", "unsafe"]
            approve = 0.9
            reject = 0.1
            version = "2"
            [queues.daily]
            where = "agent=planner reward<0.5"
            order = "random"
            seed = 7
            rubric = "care"
            """)
        let rubric = try #require(review.rubrics["care"])
        #expect(rubric.criteria == [.init(name: "safety", weight: 0.5), .init(name: "empathy", weight: 0.3)])
        #expect(rubric.reasons == ["wrong", "unsafe"] && rubric.labels == ["look again"])
        #expect(rubric.approve == 0.9 && rubric.reject == 0.1 && rubric.reference == "care 2")
        let queue = try #require(review.queues["daily"])
        #expect(queue.name == "daily" && queue.order == .random && queue.seed == 7 && queue.rubric == "care")
        #expect(queue.filter?.text == "agent=planner reward<0.5")
    }

    @Test(
        "says where a rubric or a queue contradicts itself",
        arguments: [
            (
                "[rubrics.r]\ncriteria = [\"a\"]\nweights = [1, 2]",
                "config.toml:3: the rubric r has 1 criteria and 2 weights"
            ), ("[rubrics.r]\ncriteria = [\"a\"]\nweights = [-1]", "config.toml:3: the rubric r: the weight of a is"),
            ("[rubrics.r]\ncriteria = [\"a\"]\nweights = [0]", "config.toml:3: the rubric r: all weights are zero"),
            ("[rubrics.r]\nweights = [1]", "config.toml:2: the rubric r has 0 criteria and 1 weights"),
            ("[rubrics.r]\ncriteria = [\"a\", \"a\"]", "config.toml:2: the rubric r: the criterion a is there twice"),
            ("[rubrics.r]\nversion = \"1\"\nlabels = [\"a\", \"a\"]", "config.toml:3: the rubric r: the label a is"),
            ("[rubrics.r]\napprove = 0.2\nreject = 0.4", "config.toml:3: the rubric r: reject is worth 0.4, more than"),
            ("[rubrics.r]\napprove = 2", "config.toml:2: the rubric r: approve is worth 2.0, which is not from 0 to 1"),
            ("[rubrics.r]\nreject = -1", "config.toml:2: the rubric r: reject is worth -1.0, which is not"),
            ("[rubrics.r]\napprove = \"yes\"", "config.toml:2: yes is no number"),
            ("[rubrics.r]\nreasons = \"wrong\"", "config.toml:2: reasons is a list"),
            ("[rubrics.r]\ncolour = 1", "config.toml:2: a rubric has criteria,"),
            ("[queues.q]\norder = \"best\"", "config.toml:2: there is no order best; there are oldest"),
            ("[queues.q]\nwhere = \"colour=red\"", "config.toml:2: nothing is called colour"),
            ("[queues.q]\nrubric = \"none\"", "config.toml:2: there is no [rubrics.none]"),
            ("[queues.q]\nseed = -1", "config.toml:2: a seed is a number from 0"),
            ("[queues.q]\nsize = 3", "config.toml:2: a queue has where, order, seed and rubric, and no size"),
        ])
    func mistakes(text: String, message: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try settings(text) }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
    }

    @Test("a grade is the mean of its parts by their weights")
    func combining() {
        var rubric = Rubric(name: "r")
        rubric.criteria = [.init(name: "a", weight: 3), .init(name: "b", weight: 1), .init(name: "c", weight: 0)]
        let (value, dimensions) = rubric.combined([1, 0.2, 0])
        #expect(value == 0.8)
        #expect(dimensions.map(\.name) == ["a", "b", "c"])
    }
}
