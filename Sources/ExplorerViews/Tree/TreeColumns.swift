/// How a row of the tree is shared between names, times and the waterfall.
struct TreeColumns {
    let timeX: Int
    let timeWidth = 7
    let waterfallX: Int
    let waterfallWidth: Int

    init(width: Int) {
        // Where the waterfall would be too narrow to tell anything, the names have its room.
        let names = width < 50 ? width - 8 : max(30, width * 48 / 100)
        timeX = max(0, names)
        let x = timeX + timeWidth + 1
        waterfallX = x
        waterfallWidth = width - x - 1 >= 12 ? width - x - 1 : 0
    }
}
