import type { FeedbackResponse } from '../../domain/feedback-response.ts'

/** What the graph knows around a report that arrives: its car's earlier contacts and repairs, and other cars that tell the same. */
export type TriageContextStore = {
  /** Earlier feedback of the car, or of the person where no car is known, received within the window (at most 100). */
  contactsOfCar(car: { feedbackId: string | null; vehicleId: string | null; from: string; to: string }): Promise<{ feedbackId: string; answered: boolean }[]>
  /** Repairs of the car closed within the window, with the components and symptoms they were about (at most 50). */
  repairsOfCar(car: { vehicleId: string; from: string; to: string }): Promise<{ repairOrderId: string; symptoms: string[]; components: string[] }[]>
  /**
   * Cars other than this one whose triaged feedback is of a class and model, within [recentFrom, to] and within [from, recentFrom).
   *
   * @param question.components the component of the class with what is above and below it; null: any. Not null where the symptom is.
   */
  classActivity(question: {
    symptom: string | null
    components: readonly string[] | null
    model: string | null
    vehicleId: string | null
    feedbackId: string | null
    from: string
    recentFrom: string
    to: string
  }): Promise<{ firstAt: string | null; recentCars: number; earlierCars: number }>
  /** Marks feedback as answered at an instant (the first one stays), or takes that back. @returns null when there is no such feedback. */
  markResponded(answer: { feedbackId: string; responded: boolean; at: string }): Promise<FeedbackResponse | null>
}
