/// Numbers for names, in the order in which they were met; whose the last was, the next is as a rule.
struct NumberedNames {
    private var numbers: [String: Int] = [:]
    private var last: (name: [UInt8], number: Int)?

    /// Of a name that was not met before, how many were.
    mutating func number(of name: FieldText) -> Int {
        if let last, name == last.name { return last.number }
        let text = name.string
        let number = numbers[text] ?? numbers.count
        if number == numbers.count { numbers[text] = number }
        last = (Array(text.utf8), number)
        return number
    }
}
