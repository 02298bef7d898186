// Search over embeddings. 384 is the width of multilingual-e5-small; another width is another series of indexes, never a changed number here.
CREATE VECTOR INDEX feedback_embedding IF NOT EXISTS FOR (n:Feedback) ON (n.embedding)
OPTIONS { indexConfig: { `vector.dimensions`: 384, `vector.similarity_function`: 'cosine' } };
CREATE VECTOR INDEX case_embedding IF NOT EXISTS FOR (n:Case) ON (n.embedding)
OPTIONS { indexConfig: { `vector.dimensions`: 384, `vector.similarity_function`: 'cosine' } };
