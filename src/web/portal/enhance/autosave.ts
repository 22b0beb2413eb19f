/** Saves the form a moment after the last change and says so; without it the button saves. */
export {}
