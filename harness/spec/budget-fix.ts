/** What is said to do about a case that the budget leaves out, or ends. */
export const budgetFix = 'a larger --budget'
