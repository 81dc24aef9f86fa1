import Cells
import Explorer
import Testing

@Suite("The filter of the list") struct FilterTests {
    @Test("shows what the query wants, with a count while it is typed")
    func shows() throws {
        var driver = Driver(traces: 30)
        try driver.press("&errors>0")
        #expect(driver.state.preview == "3 of 30")
        #expect(driver.state.traces.order.count == 30)
        try driver.press("<CR>")
        #expect(driver.state.traces.order.count == 3)
        try driver.press("&<C-u><CR>")
        #expect(driver.state.traces.order.count == 30)
    }

    @Test("says what is wrong with a query and leaves the list as it is")
    func mistake() throws {
        var driver = Driver(traces: 30)
        try driver.press("&colour=red<CR>")
        #expect(driver.state.message?.isError == true)
        #expect(driver.state.message?.text.hasPrefix("nothing is called colour") == true)
        #expect(driver.state.traces.order.count == 30)
    }

    @Test("keeps the cursor on its trace, and what comes is filtered too")
    func cursor() throws {
        var driver = Driver(traces: 30)
        try driver.press("ee")
        let held = driver.state.traces.selected
        try driver.press("&errors>0<CR>")
        #expect(driver.state.traces.selected == held)
        driver.send(.storeChanged(driver.state.traces.store))
        #expect(driver.state.traces.order.count == 3)
        #expect(driver.state.traces.selected == held)
    }
}
