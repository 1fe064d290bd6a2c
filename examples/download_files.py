import threading
import time

def download(file_name, duration):
    print(f"Starting download: {file_name}")
    time.sleep(duration)  # simulate network delay
    print(f"Finished: {file_name}")

# Create threads — target is the function, args is a tuple
t1 = threading.Thread(target=download, args=("video.mp4", 3))
t2 = threading.Thread(target=download, args=("music.mp3", 2))
t3 = threading.Thread(target=download, args=("photo.jpg", 1))

t1.start()  # launch each thread
t2.start()
t3.start()

t1.join()  # wait for each to finish
t2.join()
t3.join()
print("All downloads complete!")
